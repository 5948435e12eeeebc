using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>One partner as it stands: who it is, the agreement, what was done together and what is still to do.</summary>
static class PartnerCard
{
    public static Card Of(View view, Reader reader) => new(reader.Words["partner.title", ("reference", view.Subject.Ref), ("name", ((Partner)view.Subject).Name)], Blocks(view, reader, null));

    /// <summary>The news first, then the partner as it is now.</summary>
    public static Card With(string news, Button? undo, View view, Reader reader) => new(news, Blocks(view, reader, undo).Prepend(new Words(((Partner)view.Subject).Name, Strong: true)));

    static IEnumerable<Block> Blocks(View view, Reader reader, Button? undo)
    {
        var (partner, words, story) = ((Partner)view.Subject, reader.Words, view.Aspect<PartnerStory>());
        return
            [
                new Status(words[$"partner.state.{partner.State}"], partner.State == PartnerState.Active ? Mood.Plain : Mood.Waiting),
                .. story?.Since is { } since ? Stands(since, reader) : [],
                .. partner.IsOn ? Agreement(partner, reader) : [],
                new Facts(
                    partner.Kind.Length > 0 ? new Fact(words["partner.kind"], partner.Kind) : null,
                    partner.Focus.Length > 0 ? new Fact(words["partner.focus"], partner.Focus) : null,
                    partner.Contact.Length > 0 ? new Fact(words["partner.contact"], partner.Contact) : null,
                    new Fact(words["partner.agreement"], partner.AgreementExpires is { } until ? words["partner.agreement-until", ("day", reader.Day(until))] : words["partner.no-agreement"]),
                    new Fact(words["partner.owner"], reader.Name(partner.OwnerId))),
                .. partner.AgreementNote is { } note ? new Block[] { new Quiet(words["partner.note", ("note", note)]) } : [],
                .. story is null ? [] : Together(story, reader),
                .. story is null ? [] : Rated(partner, story, reader),
                .. view.Describe(reader),
                .. Buttons(view, reader, undo) is { } buttons ? new Block[] { buttons } : [],
            ];
    }

    static ButtonRow? Buttons(View view, Reader reader, Button? undo) => ButtonRow.Of([
        undo,
        .. reader.EveryButton(view)?.Buttons ?? [],
        reader.May("log-partnership", view.Subject) ? reader.Catalogue.Command("plan-follow-up").ButtonFor(null, PlanFollowUp.On(view.Subject.Id, null, reader)) : null,
    ]);

    /// <summary>Since when and why it stands as it does, where somebody changed that.</summary>
    static IEnumerable<Block> Stands(PartnerStateChange since, Reader reader)
    {
        var day = reader.Day(since.At.InZone(reader.Roster.ZoneOf(reader.Person)).Date);
        yield return new Quiet(since.ById is { } by ? reader.Words["partner.since", ("day", day), ("name", reader.Name(by))] : reader.Words["partner.since-file", ("day", day)]);
        if (since is { Reason: { } reason, ById: { } author })
        {
            yield return new Quote(reason, reader.Name(author));
        }
    }

    /// <summary>How both sides see it; what they wrote is for those who may see details.</summary>
    static IEnumerable<Block> Rated(Partner partner, PartnerStory story, Reader reader)
    {
        var standing = story.Factors.Where(one => one.Stands).Select(one => one.Name).ToList();
        if (standing.Count > 0)
        {
            yield return new Quiet(reader.Words["rating.factors", ("factors", string.Join(" · ", standing))]);
        }

        var details = reader.May("read-details", partner);
        foreach (var block in story.Ratings.SelectMany(one => one.Figures.Describe(one.Quarter, reader.Words).Concat(details ? one.Figures.Comments(reader.Words) : [])))
        {
            yield return block;
        }
    }

    /// <summary>What is wrong with its agreement, if anything is.</summary>
    static IEnumerable<Block> Agreement(Partner partner, Reader reader)
    {
        if (partner.LacksAgreement)
        {
            yield return new Banner(reader.Words["partner.lacks-agreement"], Mood.AtRisk);
        }
        else if (partner.AgreementExpires < reader.Today)
        {
            yield return new Banner(reader.Words["partner.agreement-ended", ("day", reader.Day(partner.AgreementExpires.Value))], Mood.AtRisk);
        }
    }

    static IEnumerable<Block> Together(PartnerStory story, Reader reader)
    {
        var words = reader.Words;
        yield return story.Count == 0 ? new Quiet(words["partner.nothing-yet"]) : new Words(words.Count("partner.activities", story.Count));
        if (story.Recent.Count > 0)
        {
            yield return new Bullets([.. story.Recent.Select(one => words["partner.activity", ("reference", one.Ref), ("day", reader.Day(one.On)), ("type", words[$"activity.type.{one.Type}"]), ("power", words[$"activity.power.{one.Power}"])])]);
        }

        if (story.Open.Count > 0)
        {
            yield return new Bullets([.. story.Open.Select(one => words["partner.follow-up", ("reference", one.Ref), ("what", one.What), ("name", reader.Name(one.OwnerId)), ("day", reader.DueDay(one.Due, one.OwnerId))])]);
        }
    }
}
