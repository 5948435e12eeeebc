using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Who will read what is written, when, and in which words.</summary>
public sealed record Reader(Person Person, Roster Roster, Phrases Words, Instant Now, Catalogue Catalogue, Subjects Subjects)
{
    public LocalDate Today { get; } = Roster.TodayOf(Person, Now);

    /// <summary>From where the reader reckons: their day, their site's working days, the organization's fiscal year.</summary>
    public Reckoning Reckoning => new(Today, Roster.Organization.FiscalMonth, Roster.CalendarOf(Person));

    /// <summary>"Friday, March 13", with the year when it is not the reader's.</summary>
    public string Day(LocalDate date) => Words.Day(date, Today);

    /// <summary>A due day, which ends at midnight where its owner is; the zone is said only where that is not the reader's.</summary>
    public string DueDay(LocalDate date, Guid owner) => Roster.SiteOf(Roster[owner]).Zone is var zone && zone == Roster.SiteOf(Person).Zone
        ? Day(date)
        : Words["date.in-zone", ("day", Day(date)), ("zone", zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' '))];

    /// <summary>The person's name; "you" to themselves.</summary>
    public string Name(Guid id) => id == Person.Id ? Words["person.you"] : Roster[id].Name;

    public bool May(string action, ISubject? subject) => May(action, Relations(subject));

    bool May(string action, IReadOnlyCollection<Relation> relations) => Rights.Allows(action, [.. Roster.RolesOf(Person)], relations);

    /// <summary>What the reader is to the subject.</summary>
    public IReadOnlyCollection<Relation> Relations(ISubject? subject)
    {
        var relations = new HashSet<Relation> { Relation.Colleague };
        if (Roster.BoardDeputy(Now)?.Id == Person.Id)
        {
            relations.Add(Relation.BoardDeputy);
        }

        if (subject is null)
        {
            return relations;
        }

        var owner = Roster[subject.OwnerId];
        Add(Relation.Member, Person.DepartmentId == subject.DepartmentId);
        Add(Relation.Author, subject.AuthorId == Person.Id);
        Add(Relation.Owner, owner.Id == Person.Id);
        Add(Relation.Delegate, Roster.ActingFor(owner, Now)?.Id == Person.Id);
        Add(Relation.Lead, Is(Roster.ActingLeadOf(subject.DepartmentId, Now)));
        Add(Relation.Contributor, subject.Contributors.Any(department => Is(Roster.ActingLeadOf(department, Now))));
        Add(Relation.Above, Roster.Above(owner).Any(above => above.Id == Person.Id));
        Add(Relation.Confirmer, Is(Roster.ConfirmerFor(owner, subject.DepartmentId, Now)));
        Add(Relation.Sponsor, Roster.SponsorFor(owner, subject.DepartmentId)?.Id == Person.Id);
        return relations;

        // Whoever acts for them may do what they may.
        bool Is(Person? holder) => holder is not null && (holder.Id == Person.Id || Roster.ActingFor(holder, Now)?.Id == Person.Id);

        void Add(Relation relation, bool holds)
        {
            if (holds)
            {
                relations.Add(relation);
            }
        }
    }

    /// <summary>Subjects that were read beforehand, many at once, by their references.</summary>
    public IReadOnlyDictionary<string, View> AtHand { get; init; } = new Dictionary<string, View>();

    /// <summary>The subject of a reference with all its aspects, read without a lock.</summary>
    public async Task<View?> ViewAsync(EquityDb db, string reference, CancellationToken ct) => AtHand.GetValueOrDefault(reference) ?? await Subjects.LoadAsync(db, reference, locked: false, ct);

    /// <summary>The button of one command on this subject; null when the command is not offered now or this reader may not press it.</summary>
    public Button? Button(View view, string verb, bool primary = false) => Button(view, verb, Relations(view.Subject)) is { } button ? button with { Primary = primary } : null;

    /// <summary>The button that shows a subject as it is at that moment.</summary>
    public Button Show(ISubject subject) => Catalogue.Command("show").ButtonFor(subject, new Offer(Words["button.show"]));

    Button? Button(View view, string verb, IReadOnlyCollection<Relation> relations)
    {
        var command = Catalogue.Command(verb);
        return May(command.Action, relations) && command.Offer(view, this) is { } offer ? command.ButtonFor(view.Subject, offer) : null;
    }

    /// <summary>The buttons of these commands in this order, the first one primary.</summary>
    public ButtonRow? Buttons(View view, params IEnumerable<string> verbs)
    {
        var relations = Relations(view.Subject);
        var buttons = verbs.Select(verb => Button(view, verb, relations)).OfType<Button>().ToList();
        return ButtonRow.Of(buttons.Select((button, place) => button with { Primary = place == 0 && !button.Reads }));
    }

    /// <summary>Every button this reader may press on the subject as it is now.</summary>
    public ButtonRow? EveryButton(View view) => Buttons(view, Catalogue.Commands.Where(command => command.Verb != "show" && !command.OnRequest).Select(command => command.Verb));
}
