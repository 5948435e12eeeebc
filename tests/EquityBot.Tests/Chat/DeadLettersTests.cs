using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>What was given up waits for a person, who tries it again or lets it go. // R10</summary>
public class DeadLettersTests
{
    static Instant March(int day, int hour = 14) => Instant.FromUtc(2026, 3, day, hour, 0);

    static DeadLetters LettersOf(Riverbend hospital) => hospital.Get<DeadLetters>();

    static Task<IReadOnlyList<DeadLetter>> ListAsync(Riverbend hospital) => LettersOf(hospital).ListAsync(hospital.Organization, CancellationToken.None);

    static Task WriteAsync(Riverbend hospital, Func<EquityDb, Task> change) => hospital.Store.WriteAsync(hospital.Organization, Urgency.Background, change, CancellationToken.None);

    static async Task<Person> OfficerAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return await db.Set<Person>().SingleAsync(one => one.Handle == "imani.brooks");
    }

    static async Task<IReadOnlyList<string?>> AuditedAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return [.. (await db.Set<AuditEntry>().Where(one => one.Action == "operations").OrderBy(one => one.Seq).ToListAsync()).Select(one => $"{one.Outcome} {one.Detail}")];
    }

    /// <summary>A reminder to a person who has no address any more.</summary>
    static async Task<(Riverbend Hospital, ChatAddress Lost)> UnreachableAsync(Engine engine)
    {
        var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 13");
        await using var db = hospital.Read();
        var lost = await db.Set<ChatAddress>().AsNoTracking().SingleAsync(one => one.Address == "dana.reyes");
        await WriteAsync(hospital, other => other.Set<ChatAddress>().Where(one => one.Address == "dana.reyes").ExecuteDeleteAsync());
        await hospital.PassToAsync(March(10));
        return (hospital, lost);
    }

    [Theory, OnBothDatabases]
    public async Task A_failed_message_is_tried_again_once_its_reader_can_be_reached(Engine engine)
    {
        var (hospital, lost) = await UnreachableAsync(engine);
        await using var _ = hospital;
        var letter = Assert.Single(await ListAsync(hospital));
        Assert.Equal(("failed", "no address of this person is known"), (letter.State, letter.Reason));
        await WriteAsync(hospital, db => { db.Add(lost); return Task.CompletedTask; });

        var officer = await OfficerAsync(hospital);
        Assert.True(await LettersOf(hospital).RetryAsync(hospital.Organization, letter.Key, letter.Occurrence, officer, hospital.Clock.Now, CancellationToken.None));
        Assert.False(await LettersOf(hospital).RetryAsync(hospital.Organization, letter.Key, letter.Occurrence, officer, hospital.Clock.Now, CancellationToken.None));
        await hospital.PassToAsync(March(11));
        Assert.Single(await hospital.InboxAsync("dana.reyes"), message => message.Kind == MessageKind.Reminder);
        Assert.Empty(await ListAsync(hospital));
        Assert.Equal([$"retried failed {letter.Key}"], await AuditedAsync(hospital));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_tried_in_vain_comes_back_as_another_one(Engine engine)
    {
        var (hospital, _) = await UnreachableAsync(engine);
        await using var _1 = hospital;
        var officer = await OfficerAsync(hospital);
        var first = Assert.Single(await ListAsync(hospital));
        Assert.True(await LettersOf(hospital).RetryAsync(hospital.Organization, first.Key, first.Occurrence, officer, hospital.Clock.Now, CancellationToken.None));
        await hospital.PassToAsync(March(11));
        var second = Assert.Single(await ListAsync(hospital));
        Assert.NotEqual((first.Key, first.Occurrence), (second.Key, second.Occurrence));

        Assert.True(await LettersOf(hospital).DiscardAsync(hospital.Organization, second.Key, second.Occurrence, "told by telephone", officer, hospital.Clock.Now, CancellationToken.None));
        Assert.False(await LettersOf(hospital).DiscardAsync(hospital.Organization, second.Key, second.Occurrence, "told by telephone", officer, hospital.Clock.Now, CancellationToken.None));
        Assert.Empty(await ListAsync(hospital));
        await using var db = hospital.Read();
        Assert.Equal("told by telephone", (await db.Set<DiscardedLetter>().SingleAsync()).Reason);
        Assert.DoesNotContain(await AuditedAsync(hospital), entry => entry!.Contains("telephone", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task A_parked_row_is_listed_told_once_and_looked_at_again_when_somebody_says_so(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 6");
        await using var db = hospital.Read();
        var promise = (await db.Set<Commitment>().AsNoTracking().ToListAsync()).Single(one => one.Ref == "C-12");
        await WriteAsync(hospital, other =>
        {
            other.Add(new ParkedRow { OrganizationId = other.OrganizationId, Sweep = "due", RowId = promise.Id, Attempts = 4, ParkedAt = hospital.Clock.Now, Reason = "ArithmeticException, incident 7" });
            return Task.CompletedTask;
        });
        await hospital.PassToAsync(March(9));
        await hospital.PassToAsync(March(9, 15));
        var letter = Assert.Single(await ListAsync(hospital));
        Assert.Equal(($"due {promise.Id.ToString("N")[..8]}", "parked"), (letter.Name, letter.State));
        Assert.Single(await hospital.InboxAsync("imani.brooks"), message => message.Kind == MessageKind.Task);

        Assert.True(await LettersOf(hospital).RetryAsync(hospital.Organization, letter.Key, letter.Occurrence, await OfficerAsync(hospital), hospital.Clock.Now, CancellationToken.None));
        await hospital.PassToAsync(March(9, 16));
        Assert.Empty(await ListAsync(hospital));
        Assert.Single(await hospital.InboxAsync("dana.reyes"), message => message.Kind == MessageKind.Escalation);
    }

    [Theory, OnBothDatabases]
    public async Task A_parked_notice_is_written_again_when_somebody_says_so(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 13");
        hospital.Clock.Now = March(10);
        while (await hospital.SweepAsync() > 0)
        {
        }

        await WriteAsync(hospital, db => db.Set<Notice>().Where(one => one.Trigger == "reminder").ExecuteUpdateAsync(set => set.SetProperty(one => one.ParkedAt, hospital.Clock.Now).SetProperty(one => one.SupersededAt, hospital.Clock.Now)));
        await hospital.PassToAsync(March(10, 15));
        Assert.DoesNotContain(await hospital.InboxAsync("dana.reyes"), message => message.Kind == MessageKind.Reminder);
        var letter = Assert.Single(await ListAsync(hospital));
        Assert.True(await LettersOf(hospital).RetryAsync(hospital.Organization, letter.Key, letter.Occurrence, await OfficerAsync(hospital), hospital.Clock.Now, CancellationToken.None));
        await hospital.PassToAsync(March(10, 16));
        Assert.Single(await hospital.InboxAsync("dana.reyes"), message => message.Kind == MessageKind.Reminder);
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_who_attend_to_the_same_letter_at_once_one_comes_second_and_a_made_up_key_does_nothing(Engine engine)
    {
        var (hospital, _) = await UnreachableAsync(engine);
        await using var _1 = hospital;
        var (letter, officer) = (Assert.Single(await ListAsync(hospital)), await OfficerAsync(hospital));
        var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => number % 2 == 0
            ? LettersOf(hospital).RetryAsync(hospital.Organization, letter.Key, letter.Occurrence, officer, hospital.Clock.Now, CancellationToken.None)
            : LettersOf(hospital).DiscardAsync(hospital.Organization, letter.Key, letter.Occurrence, "told by telephone", officer, hospital.Clock.Now, CancellationToken.None))));
        Assert.Single(done, one => one);
        Assert.Single(await AuditedAsync(hospital));
        foreach (var key in (string[])["", "delivery", $"delivery.{Guid.NewGuid()}", "row.due.x", "notice.1.2.3", letter.Key + "0"])
        {
            Assert.False(await LettersOf(hospital).RetryAsync(hospital.Organization, key, letter.Occurrence, officer, hospital.Clock.Now, CancellationToken.None));
        }
    }
}
