using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;

namespace EquityBot.Escalation;

/// <summary>Somebody above the owner, or beside, offers to help. The owner decides whether to take it; the clock goes on.</summary>
public sealed partial class OfferHelp : ChatCommand
{
    public override string Verb => "offer-help";

    public override string Action => "offer-help";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Help()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed }
            ? new(reader.Words["button.offer-help"], new Input("note", reader.Words["form.help-note"], InputType.Text))
            : null;

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!commitment.IsOpen)
        {
            return Task.FromResult(turn.No("help-offer.not-open", ("reference", commitment.Ref)));
        }

        var owner = turn.Roster[commitment.OwnerId];
        turn.Tell(owner, commitment, HelpOffered.Name, $"{turn.Speaker.Handle}:{turn.Now.ToUnixTimeMilliseconds()}", MessageKind.Request, HelpOffered.Facts(turn.Speaker, turn.Value("note")));
        return Task.FromResult(new Reply(new Card(
            turn.Words["help-offer.done", ("name", owner.Name)],
            new Words(commitment.Statement, Strong: true),
            new Quiet(turn.Words["help-offer.clock"]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
        });
    }

    [GeneratedRegex(@"^(?:offer help (?:with|on) |help )(?<ref>c-\d+)(?:[:,]? (?<note>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Help();
}

/// <summary>The owner takes the help.</summary>
public sealed class AcceptHelp : ChatCommand
{
    public override string Verb => "accept-help";

    public override string Action => "answer-help";

    public override string Needs => "C";

    /// <summary>Taking help is as good after the promise changed as before.</summary>
    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var helper = turn.Roster[Guid.Parse(turn.Value("helper")!)];
        turn.Tell(helper, commitment, CommitmentNews.Name, $"help-accepted:{turn.Pressed?.Id}", facts: CommitmentNews.Facts("help-accepted", turn.Speaker));
        return Task.FromResult(new Reply(new Card(
            turn.Words["help-offer.accepted", ("name", helper.Name)],
            new Words(commitment.Statement, Strong: true),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        });
    }
}

/// <summary>The offer, to the owner.</summary>
public sealed class HelpOffered : NoticeWriter
{
    public const string Name = "help-offered";

    public override string Trigger => Name;

    sealed record Offered(Guid By, string? Note);

    public static string Facts(People.Person by, string? note) => System.Text.Json.JsonSerializer.Serialize(new Offered(by.Id, note));

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { IsOpen: true } commitment })
        {
            return null;
        }

        var offered = System.Text.Json.JsonSerializer.Deserialize<Offered>(notice.Facts!)!;
        var helper = reader.Roster[offered.By];
        return new(
            reader.Words["help-offer.title", ("name", helper.Name), ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            offered.Note is null ? null : new Quote(offered.Note, helper.Name),
            new ButtonRow([reader.Catalogue.Command("accept-help").ButtonFor(commitment, new Offer(reader.Words["button.accept"])) with
            {
                Primary = true,
                Version = null,
                Values = new Dictionary<string, string> { ["helper"] = helper.Id.ToString() },
            }]));
    }
}
