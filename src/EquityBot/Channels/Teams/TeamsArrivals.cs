using EquityBot.Chat;

namespace EquityBot.Channels.Teams;

/// <summary>The bot or people came to a conversation or were taken out of it.</summary>
sealed class TeamsArrivals(TeamsPeople people, TeamsRooms rooms, Switchboard switchboard)
{
    public async Task<IResult> TakeAsync(Activity activity, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(activity.Conversation))
        {
            return Results.Ok();
        }

        var isGone = activity.Type == "installationUpdate" ? activity.Action is "remove" or "remove-upgrade" : activity.Removed.Any(one => one.Id == activity.Recipient?.Id);
        if (activity.Room is not null)
        {
            await InRoomAsync(activity, isGone, ct);
        }
        else if (activity.Scope == TeamsDesk.Personal && activity.From?.DirectoryId is { Length: > 0 } account)
        {
            return await InPrivateAsync(activity, account, isGone, ct);
        }

        return Results.Ok();
    }

    async Task<IResult> InPrivateAsync(Activity activity, string account, bool isGone, CancellationToken ct)
    {
        if (isGone)
        {
            await people.LostAsync(account, ct);
        }
        else if (IsArrival(activity) && await people.FindAsync(activity, isPersonal: true, ct) is { } sender)
        {
            // Installation is told more than once; one id makes it one welcome.
            return TeamsDesk.Protocol(sender.IsUnsure ? new Handled.Busy() : await switchboard.HandleAsync(new(TeamsModule.Channel, sender.Tenant, account, $"welcome {account}") { IsAnsweredByPost = true, Text = "help" }, ct));
        }

        return Results.Ok();
    }

    /// <summary>Nothing is said into a room that nobody asked for: whoever wants something there calls it by name.</summary>
    async Task InRoomAsync(Activity activity, bool isGone, CancellationToken ct)
    {
        if (await people.OrganizationAsync(ct) is not { } organization)
        {
            return;
        }

        // A channel that is deleted says nothing of its team's others; what is sent there next is turned away, and the room forgotten.
        if (isGone || activity.Happened == "teamDeleted")
        {
            await rooms.LostAsync(organization, activity, ct);
        }
        else if (activity.Removed.Count > 0)
        {
            await rooms.LeftAsync(organization, activity, ct);
        }
        else if (IsArrival(activity))
        {
            await rooms.EnterAsync(organization, activity, ct);
        }
    }

    /// <summary>The bot itself was added, not somebody else to where it is.</summary>
    static bool IsArrival(Activity activity) => activity.Type == "installationUpdate" || activity.Added.Any(one => one.Id == activity.Recipient?.Id);
}
