using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Tales;

/// <summary>
/// How the thirty-two people of the sample hospital live with a hundred and twenty promises: in sentences and presses, at moments and with carelessness drawn from a seed.
/// Remembers what was acknowledged, so that what is lost can be found.
/// </summary>
sealed class HospitalYear(Riverbend hospital, int seed, int days)
{
    const string Officer = "imani.brooks";
    const string CoreTeam = "leilani.kahale";
    const string Leaver = "tomasz.nowak";

    /// <summary>As many in a year.</summary>
    const int Promises = 120;

    /// <summary>Sentences and presses a day, beside the promises.</summary>
    const int Deeds = 5;

    static readonly LocalDate LeavesOn = new(2026, 9, 15);

    static readonly string[] Things =
    [
        "an interpreter", "a ride home", "a blood pressure kit", "an evening visit", "a doula", "a food box", "a navigator", "a form in Spanish", "a call before the visit", "a quiet room", "a benefits check", "a peer visit",
    ];

    static readonly string[] Groups =
    [
        "every first visit", "families in the valley", "teenagers at four schools", "new mothers", "people paid by the hour", "patients on dialysis", "older adults who live alone", "people without a phone", "visitors in wheelchairs", "the night shift",
    ];

    static readonly string[] Partners = ["Desert Families", "Saguaro Bend School District", "Riverbend County Health Department", "Two Rivers"];
    static readonly string[] Departments = ["Data and Research", "Human Resources", "Community Benefit", "Quality Improvement", "Cardiology", "Primary Care"];
    static readonly string[] Steps = ["build capacity", "assess", "act", "learn"];
    static readonly string[] Rhythms = ["weekly", "weekly", "every two weeks", "monthly", ""];

    readonly Random random = new(seed);
    readonly List<(string Ref, string What)> promised = [];
    readonly List<(string Ref, string Note)> reported = [];
    readonly List<string> met = [];
    readonly List<string> handles = [];

    public static LocalDate FirstDay { get; } = new(2026, 3, 2);

    /// <summary>Acknowledged as on the plan, and their words.</summary>
    public IReadOnlyList<(string Ref, string What)> Promised => promised;

    /// <summary>Acknowledged as noted about a promise.</summary>
    public IReadOnlyList<(string Ref, string Note)> Reported => reported;

    /// <summary>What was acknowledged as done with partners.</summary>
    public IReadOnlyList<string> Met => met;

    /// <summary>Ends when the last of the town's days has: four in the morning in Phoenix.</summary>
    public static Instant EndOf(int day) => FirstDay.PlusDays(day + 1).At(new LocalTime(11, 0)).InUtc().ToInstant();

    /// <summary>Day by day; after each, what is to hold after each is asked.</summary>
    public async Task LiveAsync(Func<int, Task> afterEach)
    {
        await using (var db = hospital.Read())
        {
            handles.AddRange(await db.Set<Person>().OrderBy(one => one.Handle).Select(one => one.Handle).ToListAsync());
        }

        var words = Things.SelectMany(thing => Groups.Select(group => $"offer {thing} to {group}")).OrderBy(_ => random.Next()).ToList();
        var promisedOn = Enumerable.Range(0, Promises * days / 365).Select(_ => random.Next(Math.Max(1, days - 5))).GroupBy(day => day).ToDictionary(day => day.Key, day => day.Count());
        for (var day = 0; day < days; day++)
        {
            foreach (var deed in Planned(day, promisedOn.GetValueOrDefault(day), words).OrderBy(one => one.At))
            {
                await hospital.JumpToAsync(Instant.Max(deed.At, hospital.Clock.Now));
                await deed.DoAsync();
            }

            if (FirstDay.PlusDays(day) == LeavesOn)
            {
                handles.Remove(Leaver);
            }

            await hospital.JumpToAsync(EndOf(day));
            await hospital.PassToAsync(EndOf(day));
            await afterEach(day);
        }
    }

    List<(Instant At, Func<Task> DoAsync)> Planned(int day, int promises, List<string> words)
    {
        var deeds = new List<(Instant, Func<Task>)>();
        for (var number = 0; number < promises; number++)
        {
            deeds.Add((Moment(day), PromiseAsync));
        }

        deeds.AddRange(Enumerable.Range(0, Deeds).Select(_ => (Moment(day), (Func<Task>)DoSomethingAsync)));
        if (day % 90 == 45)
        {
            deeds.Add((Moment(day), () => SaysAsync(Officer, $"move the cycle to {Steps[day / 90 % Steps.Length]}")));
        }

        if (FirstDay.PlusDays(day) == new LocalDate(2026, 6, 15))
        {
            deeds.Add((Moment(day), ChangeLeadAsync));
        }

        if (FirstDay.PlusDays(day) == LeavesOn)
        {
            deeds.Add((Moment(day), () => hospital.ChangeAsync(Leaver, person => person.LeavesOn = FirstDay.PlusDays(day))));
        }

        if (FirstDay.PlusDays(day) == new LocalDate(2027, 1, 5))
        {
            deeds.Add((Moment(day), CloseCycleAsync));
        }

        return deeds;

        async Task PromiseAsync()
        {
            var what = words[promised.Count % words.Count];
            while (!await PromisesAsync(Anybody(), what))
            {
                // Trustees and auditors make no promises of their own.
            }
        }
    }

    async Task<bool> PromisesAsync(string who, string what)
    {
        var by = Day(random.Next(5, 120));
        var draft = await SaysAsync(who, random.Next(3) switch { 0 => $"we'll {what} by {by}", 1 => $"I promise to {what} by {by}", _ => $"our team is going to {what} by {by}" });
        if (Confirm(draft) is not { } confirm || await PressAsync(who, draft.Last.Id, confirm) is not { Outcome: PressOutcome.Done } receipt)
        {
            return false;
        }

        promised.Add((receipt.Last.Ref!, what));
        if (One(Rhythms) is { Length: > 0 } rhythm)
        {
            await ConfirmsAsync(who, $"ask me about {receipt.Last.Ref} {rhythm}");
        }

        return true;
    }

    static Button? Confirm(Heard heard) => heard.Messages.Count == 0 ? null : heard.Card.Buttons.FirstOrDefault(one => one.Title is "Confirm" or "Save");

    // Also at night and at weekends: people write when they write.
    Instant Moment(int day) => EndOf(day - 1) + Duration.FromMinutes(random.Next(24 * 60));

    string Anybody() => handles[random.Next(handles.Count)];

    string Day(int ahead) => hospital.Clock.Now.InUtc().Date.PlusDays(ahead).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);

    T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    Task DoSomethingAsync() => random.Next(10) < 5 ? PressSomethingAsync(Anybody()) : SaySomethingAsync();

    async Task SaySomethingAsync()
    {
        await using var db = hospital.Read();
        var open = (await db.Set<Commitment>().AsNoTracking().ToListAsync()).Where(one => one.IsOpen).OrderBy(one => one.Number).ToList();
        var promise = One(open);
        var (reference, owner) = (promise.Ref, (await db.Set<Person>().SingleAsync(one => one.Id == promise.OwnerId)).Handle);
        if (!handles.Contains(owner))
        {
            return;
        }

        await (random.Next(20) switch
        {
            0 or 1 or 2 or 3 => ReportsAsync(owner, reference),
            4 => SaysAsync(owner, $"{reference} no change"),
            5 => SaysAsync(owner, $"{reference} done, see the rota of the clinic"),
            6 => SaysAsync(owner, $"push {reference} to {Day(random.Next(3, 40))} because the vendor is late"),
            7 => SaysAsync(owner, $"hand {reference} to {Anybody()}"),
            8 => SaysAsync(owner, $"{reference} is blocked, waiting for data from IT"),
            9 => SaysAsync(owner, $"{reference} needs the list of languages from {One(Departments)} by {Day(random.Next(3, 20))}"),
            10 => SaysAsync(owner, $"withdraw {reference} because the county does it now"),
            11 => SaysAsync(owner, $"{reference} together with {One(Departments)}"),
            12 => ConfirmsAsync(owner, $"goal: cut the no-show rate of Spanish-speaking patients from 22 % to {random.Next(9, 18)} % by {Day(random.Next(40, 200))}"),
            13 => SaysAsync(Anybody(), $"no-show rate is down to {random.Next(8, 23)} %"),
            14 or 15 => MeetsAsync(Anybody()),
            16 => ConfirmsAsync(Anybody(), $"follow up with {One(Partners)} by {Day(random.Next(2, 30))}: send the draft"),
            17 => Anybody() is var away && away == Officer ? SaysAsync(away, "what's on fire") : SaysAsync(away, $"I'm away until {Day(random.Next(2, 15))}"),
            18 => SaysAsync(owner, "undo"),
            _ => SaysAsync(Anybody(), "my promises"),
        });
    }

    async Task ReportsAsync(string who, string reference)
    {
        var note = $"{reported.Count + 2} more sites agreed, one after the other";
        var heard = await SaysAsync(who, $"progress {reference} {(random.Next(3) == 0 ? "at risk: " : "")}{note}");
        if (heard.Outcome == PressOutcome.Done && heard.Last.Ref == reference && Confirm(heard) is null)
        {
            reported.Add((reference, note));
        }
    }

    async Task MeetsAsync(string who)
    {
        var what = $"open on Sundays in week {met.Count + 1} of the plan";
        var heard = await SaysAsync(who, $"met with {One(Partners)} yesterday, 12 people, they decided to {what}");
        if (Confirm(heard) is { } confirm && await PressAsync(who, heard.Last.Id, confirm) is { Outcome: PressOutcome.Done })
        {
            met.Add(what);
        }
    }

    Task<Heard> SaysAsync(string who, string words) => hospital.SaysAsync(who, words);

    async Task ConfirmsAsync(string who, string words)
    {
        var heard = await SaysAsync(who, words);
        if (Confirm(heard) is { } confirm)
        {
            await PressAsync(who, heard.Last.Id, confirm);
        }
    }

    Task<Heard> PressAsync(string who, Guid message, Button button) => hospital.HandleAsync(hospital.From(who) with { Press = new(message, button.Id, new Dictionary<string, string>()) });

    /// <summary>One of the buttons of their last messages, with whatever it asks for.</summary>
    async Task PressSomethingAsync(string who)
    {
        await using var db = hospital.Read();
        var person = await db.Set<Person>().SingleAsync(one => one.Handle == who);
        var last = await db.Set<Message>().Where(one => one.PersonId == person.Id && one.SentAt != null && one.State == MessageState.Current).OrderByDescending(one => one.Seq).Take(8).Select(one => one.Id).ToListAsync();
        var buttons = await db.Set<ButtonRecord>().Where(one => last.Contains(one.MessageId) && !one.Reads && one.PressedAt == null && one.PersonId == person.Id).ToListAsync();
        if (buttons.Count == 0)
        {
            return;
        }

        var pick = One([.. buttons.OrderBy(one => last.IndexOf(one.MessageId)).ThenBy(one => one.Verb, StringComparer.Ordinal).ThenBy(one => one.Ref, StringComparer.Ordinal).ThenBy(one => one.Values, StringComparer.Ordinal)]);
        var due = NodaTime.Text.LocalDatePattern.Iso.Format(hospital.Clock.Now.InUtc().Date.PlusDays(random.Next(2, 30)));
        await hospital.HandleAsync(hospital.From(who) with
        {
            Press = new(pick.MessageId, pick.Id, new Dictionary<string, string>
            {
                ["status"] = random.Next(2) == 0 ? "on-track" : "at-risk", ["note"] = "one shift is open", ["what"] = "the form is late", ["helper"] = Anybody(), ["reason"] = "nights are open", ["need"] = "a printer", ["due"] = due,
                ["to"] = Anybody(), ["decision"] = "new-date", ["rationale"] = "it matters", ["from"] = One(Departments), ["value"] = $"{random.Next(8, 23)}", ["trust"] = $"{random.Next(1, 6)}", ["collaboration"] = $"{random.Next(1, 6)}", ["learning"] = $"{random.Next(1, 6)}",
            }),
        });
    }

    /// <summary>The roster comes anew, and Cardiology has another lead in it.</summary>
    async Task ChangeLeadAsync()
    {
        var files = Repository.Riverbend();
        files["departments.csv"] = files["departments.csv"].Replace("dana.reyes,aisha.rahman", "aisha.rahman,ben.kowalski", StringComparison.Ordinal);
        var outcome = await hospital.Get<RosterImport>().ImportAsync(files, hospital.Clock.Now, dryRun: false, CancellationToken.None);
        Assert.Empty(outcome.Problems);
    }

    /// <summary>The review, an outcome for whatever is open, the end, and the next one.</summary>
    async Task CloseCycleAsync()
    {
        var review = await SaysAsync(Officer, "review the cycle");
        await hospital.PressesAsync(Officer, review.Last, "Next", ("progress", "rides"), ("gaps", "language data"), ("recommendations", "fund interpreters first"));
        await using (var db = hospital.Read())
        {
            // Nobody settles a promise of their own.
            var officer = await db.Set<Person>().SingleAsync(one => one.Handle == Officer);
            foreach (var promise in (await db.Set<Commitment>().AsNoTracking().ToListAsync()).Where(one => one.IsOpen))
            {
                await SaysAsync(promise.OwnerId == officer.Id ? CoreTeam : Officer, $"{(random.Next(6) == 0 ? "retire" : "carry over")} {promise.Ref} because of what the review said");
            }
        }

        Assert.Contains("is closed", (await SaysAsync(Officer, "close the cycle")).Text, StringComparison.Ordinal);
        var form = await SaysAsync(Officer, "start cycle 2027 at assess");
        Assert.Equal(PressOutcome.Done, (await hospital.PressesAsync(Officer, form.Last, "Confirm", ("name", "2027"), ("step", "AssessStrategize"), ("ends", "2027-12-31"))).Outcome);
    }
}
