using System.Security.Claims;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Access;

/// <summary>Stands before every group of pages that asks for it: finds out who comes, and lets nobody else in. What comes is read only after that.</summary>
sealed class SignInGate(RequestDelegate next, EquityStore store, SignIns signIns, AccessSettings settings, IAntiforgery antiforgery, Catalogue catalogue, Subjects subjects, Languages languages, HospitalClock clock)
{
    /// <summary>Largest form that a page takes, in bytes.</summary>
    const long LargestForm = 256 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Area>() is not { } area)
        {
            await next(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        if (await WhoAsync(context, area) is not var (organization, reader))
        {
            await Nobody().ExecuteAsync(context);
            return;
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, reader.Person.Id.ToString())], "one-time link"));
        Behind(settings, context);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !await IsOursAsync(context))
        {
            await Page.Say(reader.Words, reader.Words["access.form-title"], reader.Words["access.form-words"], 400).ExecuteAsync(context);
            return;
        }

        context.Items[typeof(SignedIn)] = SignedIn.For(context, organization, reader, antiforgery);
        await next(context);
    }

    /// <summary>Behind a proxy that speaks https for us, requests arrive without it; cookies are for the address that people see.</summary>
    internal static void Behind(AccessSettings settings, HttpContext context) => context.Request.Scheme = settings.Address?.Scheme ?? context.Request.Scheme;

    async Task<bool> IsOursAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestForm;
        }

        return await antiforgery.IsRequestValidAsync(context);
    }

    /// <summary>A person who is still here. Whoever has left is nobody from the next request on.</summary>
    async Task<(Guid Organization, Reader Reader)?> WhoAsync(HttpContext context, Area area)
    {
        var (ct, now) = (context.RequestAborted, clock.GetUtcNow().ToInstant());
        var chosen = settings.Practice ? context.Request.Query["as"].ToString() : "";
        if (chosen.Length > 0)
        {
            // The page's own links and forms need not say it again.
            var practised = await ReaderAsync(await PracticeOrganizationAsync(ct), roster => roster.ByHandle(chosen), now, ct);
            if (practised is var (organization, reader))
            {
                signIns.Give(context, organization, reader.Person.Id, area);
            }

            return practised;
        }

        return signIns.Of(context, area) is var (home, person) ? await ReaderAsync(home, roster => roster.Find(person), now, ct) : null;
    }

    async Task<Guid> PracticeOrganizationAsync(CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync(ct);
    }

    async Task<(Guid Organization, Reader Reader)?> ReaderAsync(Guid organization, Func<Roster, Person?> find, Instant now, CancellationToken ct)
    {
        await using var db = store.For(organization);
        if (!await db.Set<Organization>().AnyAsync(one => one.Id == organization, ct))
        {
            return null;
        }

        var roster = await Roster.LoadAsync(db, ct);
        return find(roster) is { } person && !person.HasLeftBy(roster.TodayOf(person, now))
            ? (organization, new Reader(person, roster, languages[roster.Organization.Language], now, catalogue, subjects))
            : null;
    }

    IResult Nobody()
    {
        var words = languages["en"];
        return Page.Say(words, words["access.nobody-title"], words[settings.Practice ? "access.nobody-practice" : settings.Address is null ? "access.nobody-off" : "access.nobody-words"], 401);
    }
}
