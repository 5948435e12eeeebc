using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Access;

/// <summary>An account of a platform that may be somebody's, but of which the platform itself is not sure, is theirs when they say so where they are known already.</summary>
public sealed class ConnectAccount : ChatCommand
{
    public const string Channel = "channel";
    public const string Account = "account";
    public const string Route = "route";

    /// <summary>Behind every other address of the person: whoever writes there moves it up.</summary>
    const int Last = 90;

    public override string Verb => "connect-account";

    public override string Action => "ask";

    public override bool OnRequest => true;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (channel, account) = (turn.Value(Channel), turn.Value(Account));
        if (channel is null || account is null)
        {
            return turn.No("connect.not-said");
        }

        if (await turn.Db.Set<ChatAddress>().AnyAsync(one => one.Channel == channel && (one.PersonId == turn.Speaker.Id || one.Address == account), ct))
        {
            return turn.No("connect.taken");
        }

        turn.Db.Add(new ChatAddress { OrganizationId = turn.Db.OrganizationId, PersonId = turn.Speaker.Id, Channel = channel, Address = account, Route = turn.Value(Route), Rank = Last });
        return new(new Card(turn.Words["connect.done"], new Words(turn.Words["connect.done-words"]))) { InPlace = true };
    }
}
