using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Email;

/// <summary>One message as a page: the card with the buttons and forms it has in chat. What is pressed goes through the switchboard like any other press.</summary>
sealed class MessagePage(EquityStore store, Switchboard switchboard, LateNews news)
{
    public static string PathOf(Guid message) => $"{Area.Messages.Path}/{message}";

    /// <summary>The message that a path leads to; null where it leads elsewhere.</summary>
    public static Guid? IdIn(string path) => path.StartsWith(Area.Messages.Path + "/", StringComparison.Ordinal) && Guid.TryParse(path[(Area.Messages.Path.Length + 1)..], out var id) ? id : null;

    public static void Map(WebApplication app)
    {
        var pages = app.MapGroup(Area.Messages.Path).RequireSignIn(Area.Messages);
        pages.MapGet("/{id:guid}", (Guid id, SignedIn who, MessagePage page, CancellationToken ct) => page.ShowAsync(id, who, ct));
        pages.MapPost("/{id:guid}", (Guid id, SignedIn who, HttpContext context, MessagePage page) => page.PressAsync(id, who, context));
    }

    async Task<IResult> ShowAsync(Guid id, SignedIn who, CancellationToken ct)
    {
        if (await FindAsync(id, who, ct) is not { } message)
        {
            return Gone(who);
        }

        if (message.SentAt is null)
        {
            // Whoever has it open has got it, whatever became of the connection to the mail server.
            await news.ArrivedAsync(who.OrganizationId, id, who.Reader.Now, ct);
        }

        return Draw(message, who, null);
    }

    async Task<IResult> PressAsync(Guid id, SignedIn who, HttpContext context)
    {
        var ct = context.RequestAborted;
        if (await FindAsync(id, who, ct) is not { } message)
        {
            return Gone(who);
        }

        await using var db = store.For(who.OrganizationId);
        if (await db.Set<ChatAddress>().AsNoTracking().SingleOrDefaultAsync(one => one.PersonId == who.Reader.Person.Id && one.Channel == EmailAddresses.Channel, ct) is not { } address)
        {
            return Page.Say(who.Words, who.Words["message.address-title"], who.Words["message.address-words"], 409);
        }

        var form = await context.Request.ReadFormAsync(ct);
        var card = Card.FromJson(message.Card);
        var pressed = card.Buttons.FirstOrDefault(button => button.Id.ToString() == form["button"]);
        var typed = pressed is null ? new Dictionary<string, string>() : MessageForm.Read(pressed, form);

        // Every press is an event of its own: a page that went back and was put right must not be taken for the one that was refused.
        var incoming = new IncomingMessage(EmailAddresses.Channel, EmailAddresses.Tenant(who.OrganizationId), address.Address, Guid.NewGuid().ToString());
        var handled = pressed is null && message.Ref is { } reference && form.ContainsKey("show")
            ? await switchboard.HandleAsync(incoming with { Text = $"show {reference}" }, ct)
            : await switchboard.HandleAsync(incoming with { Press = new(id, pressed?.Id ?? Guid.Empty, typed) }, ct);
        return handled switch
        {
            Handled.Answered { Outcome: PressOutcome.Refused } refused when pressed is not null && await AnswerAsync(refused, who, ct) is { } words =>
                Draw(message, who, new Refusal(pressed.Id, Shown(typed, pressed.Inputs), Card.FromJson(words.Card))),
            Handled.Answered answered when await AnswerAsync(answered, who, ct) is { } answer => EnterPage.SeeOther(context, PathOf(answer.Id)),
            Handled.Busy => Page.Say(who.Words, who.Words["message.busy-title"], who.Words["message.busy-words"], 503),
            _ => Gone(who),
        };
    }

    /// <summary>What may stand in the form again: nothing that looks like a patient's is shown back.</summary>
    static Dictionary<string, string> Shown(Dictionary<string, string> typed, IReadOnlyList<Input> asked) =>
        typed.ToDictionary(value => value.Key, value => PhiScreen.Check(value.Value, asked.Any(input => input.Id == value.Key && input.IsContact)) is null ? value.Value : "");

    /// <summary>A message in a personal conversation of the reader's; anybody else's is as good as none. // P2</summary>
    async Task<Message?> FindAsync(Guid id, SignedIn who, CancellationToken ct)
    {
        await using var db = store.For(who.OrganizationId);
        return await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.PersonId == who.Reader.Person.Id && one.RoomId == null, ct);
    }

    async Task<Message?> AnswerAsync(Handled.Answered answered, SignedIn who, CancellationToken ct) =>
        answered.Messages.Count == 0 ? null : await FindAsync(answered.Messages[^1], who, ct);

    static IResult Draw(Message message, SignedIn who, Refusal? refusal)
    {
        var (card, words) = (Card.FromJson(message.Card), who.Words);
        var show = message is { State: MessageState.Superseded, Ref: { } reference }
            ? Html.Of($"""<form method="post" action="{PathOf(message.Id)}">{who.FormToken}<button name="show" value="1" class="primary">{words["message.show", ("reference", reference)]}</button></form>""")
            : null;
        return Page.Of(
            words,
            words["message.page-title"],
            Html.Of($"""{new MessageForm(PathOf(message.Id), who.FormToken, words, refusal).Draw(card)}{show}<p class="quiet">{words["message.reader", ("name", who.Reader.Person.Name)]}</p>"""),
            refusal is null ? 200 : 422);
    }

    static IResult Gone(SignedIn who) => Page.Say(who.Words, who.Words["message.gone-title"], who.Words["message.gone-words"], 404);
}

/// <summary>What was pressed and not done: the form opens again with what was typed, and the words stand above it.</summary>
sealed record Refusal(Guid Button, IReadOnlyDictionary<string, string> Typed, Card Words);
