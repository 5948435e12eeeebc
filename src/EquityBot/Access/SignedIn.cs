using EquityBot.Chat;
using Microsoft.AspNetCore.Antiforgery;

namespace EquityBot.Access;

/// <summary>
/// Who reads a signed-in page. A handler below <see cref="AccessRegistration.RequireSignIn"/> takes it as a parameter; whoever is nobody never reaches the handler.
/// Rights are asked as in chat: <c>who.Reader.May("configure-schedule", null)</c>.
/// </summary>
/// <param name="FormToken">A hidden field that belongs into every form which posts.</param>
public sealed record SignedIn(Guid OrganizationId, Reader Reader, Html FormToken)
{
    public Phrases Words => Reader.Words;

    /// <summary>Called by the framework to fill the handler's parameter.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => ValueTask.FromResult((SignedIn?)context.Items[typeof(SignedIn)]);

    internal static SignedIn For(HttpContext context, Guid organization, Reader reader, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new(organization, reader, Html.Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">"""));
    }
}
