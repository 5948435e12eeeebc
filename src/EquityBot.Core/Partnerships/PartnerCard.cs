using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>One partner as it stands: who it is, the agreement, what was done together and what is still to do.</summary>
static class PartnerCard
{
    public static Card Of(View view, Reader reader)
    {
        var (partner, words, story) = ((Partner)view.Subject, reader.Words, view.Aspect<PartnerStory>());
        return new(
            words["partner.title", ("reference", partner.Ref), ("name", partner.Name)],
            [
                .. Agreement(partner, reader),
                new Facts(
                    partner.Kind.Length > 0 ? new Fact(words["partner.kind"], partner.Kind) : null,
                    partner.Focus.Length > 0 ? new Fact(words["partner.focus"], partner.Focus) : null,
                    partner.Contact.Length > 0 ? new Fact(words["partner.contact"], partner.Contact) : null,
                    new Fact(words["partner.agreement"], partner.AgreementExpires is { } until ? words["partner.agreement-until", ("day", reader.Day(until))] : words["partner.no-agreement"]),
                    new Fact(words["partner.owner"], reader.Name(partner.OwnerId))),
                .. partner.AgreementNote is { } note ? new Block[] { new Quiet(words["partner.note", ("note", note)]) } : [],
                .. story is null ? [] : Together(story, reader),
                .. story is null ? [] : story.Ratings.SelectMany(one => one.Figures.Describe(one.Quarter, words)),
                .. view.Describe(reader),
                .. Buttons(view, reader) is { } buttons ? new Block[] { buttons } : [],
            ]);
    }

    static ButtonRow? Buttons(View view, Reader reader) => ButtonRow.Of([
        .. reader.EveryButton(view)?.Buttons ?? [],
        reader.May("log-partnership", view.Subject) ? reader.Catalogue.Command("plan-follow-up").ButtonFor(null, PlanFollowUp.On(view.Subject.Id, null, reader)) : null,
    ]);

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
