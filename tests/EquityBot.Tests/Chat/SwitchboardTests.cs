using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Chat;

/// <summary>What the switchboard lets through, what it turns away, and what stays as it was.</summary>
public class SwitchboardTests
{
    const string Sentence = "we'll offer an interpreter at every discharge by March 31";

    static async Task<int> CountAsync<T>(Riverbend hospital) where T : class
    {
        await using var db = hospital.Read();
        return await db.Set<T>().CountAsync();
    }

    [Theory]
    [InlineData("", "2026-03-31", "What is missing")]
    [InlineData("   \u200B ", "2026-03-31", "What is missing")]
    [InlineData("Offer rides", "", "By when is missing")]
    [InlineData("Offer rides", "some day", "could not read “some day” as a date")]
    [InlineData("Offer rides to MRN 12345678", "2026-03-31", "medical record number")] // P7 is about numbers; this is the screen in a form
    [InlineData("Offer rides", "2026-02-27", "has passed")]
    public async Task A_form_with_a_mistake_is_refused_in_words_and_its_button_stays(string what, string due, string says)
    {
        await using var hospital = await Riverbend.OpenAsync();
        var form = await hospital.SaysAsync("ben.kowalski", "log");
        var before = await CountAsync<Commitment>(hospital);
        var refused = await hospital.PressesAsync("ben.kowalski", form.Last, "Confirm", ("what", what), ("due", due), ("owner", "ben.kowalski"));
        Assert.Equal(PressOutcome.Refused, refused.Outcome);
        Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync<Commitment>(hospital));

        var again = await hospital.PressesAsync("ben.kowalski", form.Last, "Confirm", ("what", "Offer rides"), ("due", "March 31"), ("owner", "ben.kowalski"));
        Assert.Equal(PressOutcome.Done, again.Outcome);
        Assert.Contains("is on the plan", again.Text, StringComparison.Ordinal);
        Assert.Equal(before + 1, await CountAsync<Commitment>(hospital));
    }

    [Theory]
    [InlineData(1000, "Noted for")]
    [InlineData(1001, "longer than 1000")]
    public async Task A_value_may_have_a_thousand_characters(int length, string says)
    {
        await using var hospital = await Riverbend.OpenAsync();
        var reference = await hospital.PromisesAsync("ben.kowalski", Sentence);
        var card = await hospital.SaysAsync("ben.kowalski", $"show {reference}");
        var answer = await hospital.PressesAsync("ben.kowalski", card.Last, "Report progress", ("status", "on-track"), ("note", new string('n', length)));
        Assert.Contains(says, answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_same_press_twice_has_one_effect_and_one_answer() // I9
    {
        await using var hospital = await Riverbend.OpenAsync();
        var draft = await hospital.SaysAsync("ben.kowalski", Sentence);
        var first = await hospital.PressesAsync("ben.kowalski", draft.Last, "Confirm");
        var button = Riverbend.ButtonOf(draft.Last, "Confirm").Id;
        var again = await hospital.HandleAsync(hospital.From("ben.kowalski") with { Press = new(draft.Last.Id, button, new Dictionary<string, string>()) });
        Assert.Equal(PressOutcome.Repeat, again.Outcome);
        Assert.Equal(first.Messages.Select(message => message.Id), again.Messages.Select(message => message.Id));
        await using var db = hospital.Read();
        Assert.Equal(1, await db.Set<CommitmentEvent>().CountAsync(one => one.What == "logged"));
    }

    [Fact]
    public async Task The_same_event_twice_is_taken_once()
    {
        await using var hospital = await Riverbend.OpenAsync();
        var incoming = hospital.From("ben.kowalski", eventId: "once") with { Text = Sentence };
        Assert.Equal(PressOutcome.Done, (await hospital.HandleAsync(incoming)).Outcome);
        Assert.IsType<Handled.Duplicate>((await hospital.HandleAsync(incoming)).Handled);
        Assert.Equal(12, await CountAsync<Commitment>(hospital));
    }

    [Fact]
    public async Task A_button_is_its_owners_and_is_not_even_seen_by_somebody_elsewhere() // P2, I8
    {
        await using var hospital = await Riverbend.OpenAsync();
        var draft = await hospital.SaysAsync("ben.kowalski", Sentence);
        Assert.IsType<Handled.NotFound>((await hospital.PressesAsync("marcus.hale", draft.Last, "Confirm")).Handled);
        var press = new Press(draft.Last.Id, Guid.NewGuid(), new Dictionary<string, string>());
        Assert.IsType<Handled.NotFound>((await hospital.HandleAsync(hospital.From("ben.kowalski") with { Press = press })).Handled);
    }

    [Fact]
    public async Task A_button_of_an_older_card_explains_what_changed_and_offers_the_current_one() // I7
    {
        await using var hospital = await Riverbend.OpenAsync();
        var reference = await hospital.PromisesAsync("ben.kowalski", Sentence);
        var old = await hospital.SaysAsync("ben.kowalski", $"show {reference}");
        await hospital.SaysAsync("ben.kowalski", $"progress {reference} at risk: no budget yet");
        var press = await hospital.PressesAsync("ben.kowalski", old.Last, "Done");
        Assert.Equal(PressOutcome.Superseded, press.Outcome);
        Assert.Contains("has changed since that card was written", press.Text, StringComparison.Ordinal);
        Assert.Contains(press.Card.Buttons, button => button.Title == "Done");
        Assert.Equal(MessageState.Superseded, (await hospital.InboxAsync("ben.kowalski")).Single(message => message.Id == old.Last.Id).State);
    }

    [Fact]
    public async Task Text_that_the_screen_turns_away_is_kept_nowhere()
    {
        await using var hospital = await Riverbend.OpenAsync();
        var refused = await hospital.SaysAsync("ben.kowalski", "we'll call MRN 12345678 back by March 31");
        Assert.Equal(PressOutcome.Refused, refused.Outcome);
        await using var db = hospital.Read();
        Assert.False(await db.Set<Message>().AnyAsync(message => message.Card.Contains("12345678")));
        Assert.False(await db.Set<AuditEntry>().AnyAsync(entry => entry.Detail!.Contains("12345678")));
        Assert.Equal(11, await CountAsync<Commitment>(hospital));
    }

    [Theory]
    [InlineData(4000, PressOutcome.Done)] // not understood, and answered
    [InlineData(4001, PressOutcome.Refused)]
    public async Task Text_may_have_four_thousand_characters(int length, PressOutcome outcome)
    {
        await using var hospital = await Riverbend.OpenAsync();
        Assert.Equal(outcome, (await hospital.SaysAsync("ben.kowalski", new string('x', length))).Outcome);
    }

    [Fact]
    public async Task A_refused_command_leaves_an_audit_line_and_nothing_else()
    {
        await using var hospital = await Riverbend.OpenAsync();
        var refused = await hospital.SaysAsync("marcus.hale", "done C-1"); // P2
        Assert.Equal(PressOutcome.Refused, refused.Outcome);
        await using var db = hospital.Read();
        var entry = await db.Set<AuditEntry>().SingleAsync(one => one.ActorId != null);
        Assert.Equal(("complete-commitment", "C-1", "refused"), (entry.Action, entry.Subject, entry.Outcome));
        Assert.Equal(CommitmentStatus.Active, (await db.Set<Commitment>().SingleAsync(one => one.Number == 1)).Status);
    }

    [Theory]
    [InlineData("ben.kowalski", "cardiology", true)]
    [InlineData("ben.kowalski", "board-quality-committee", false)]
    [InlineData("ben.kowalski", "no-such-room", false)]
    public async Task Only_members_are_heard_in_a_room(string who, string room, bool heard)
    {
        await using var hospital = await Riverbend.OpenAsync();
        Assert.Equal(heard, (await hospital.SaysAsync(who, "mine", room)).Handled is Handled.Answered);
    }

    [Fact]
    public async Task A_room_sees_that_there_was_an_answer_and_not_the_answer()
    {
        await using var hospital = await Riverbend.OpenAsync();
        var heard = await hospital.SaysAsync("ben.kowalski", "mine", "cardiology");
        Assert.Equal(2, heard.Messages.Count);
        Assert.Contains("our own conversation", PlainText.Of(Card.FromJson(heard.Messages[0].Card)), StringComparison.Ordinal);
        Assert.NotNull(heard.Messages[0].RoomId);
        Assert.Null(heard.Last.RoomId);
    }

    [Fact]
    public async Task What_the_postman_brings_is_there_once_it_was_brought_and_wakes_the_postman()
    {
        await using var hospital = await Riverbend.OpenAsync();
        await hospital.PassToAsync(hospital.Clock.Now);
        using var patience = new CancellationTokenSource();
        var woken = hospital.Store.Doorbell.WaitAsync(patience.Token);
        Assert.False(woken.IsCompleted);
        var heard = await hospital.HandleAsync(hospital.From("ben.kowalski") with { Text = "help", IsAnsweredByPost = true });
        await woken;
        Assert.Null(heard.Last.SentAt);
        Assert.Empty(await hospital.InboxAsync("ben.kowalski"));
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Equal([heard.Last.Id], (await hospital.InboxAsync("ben.kowalski")).Select(message => message.Id));
        Assert.Equal(heard.Last.Id, Assert.Single(hospital.Letters).MessageId);
    }

    [Fact]
    public async Task A_workspace_that_nobody_knows_gets_nothing()
    {
        await using var hospital = await Riverbend.OpenAsync();
        Assert.IsType<Handled.UnknownWorkspace>((await hospital.HandleAsync(new("test", "elsewhere", "ben.kowalski", "1") { Text = "help" })).Handled);
        Assert.IsType<Handled.UnknownWorkspace>((await hospital.HandleAsync(new("slack", "riverbend", "ben.kowalski", "1") { Text = "help" })).Handled);
    }
}
