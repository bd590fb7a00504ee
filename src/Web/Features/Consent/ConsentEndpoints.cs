using Orkestron.Contracts.Users;
using Orkestron.Domain.Consent;
using Orkestron.GrainInterfaces.Consent;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Consent;

/// <summary>The consents of the signed-in user. Giving and withdrawing consent take one request each.</summary>
internal static class ConsentEndpoints
{
    private const string Method = "API";

    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        var consents = api.MapGroup("/consents").WithTags("Privacy");
        consents.MapGet("", GetAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("What you accepted, allowed and withdrew, and when").Produces<ConsentRecord>().ProducesProblems(401, 403);
        consents.MapPost("/{purpose}/give", GiveAsync).RequireAuthorization(Scopes.Account)
            .WithSummary("Consent to a purpose; idempotent")
            .Produces<ConsentRecord>().ProducesProblems(400, 401, 403);
        consents.MapPost("/{purpose}/withdraw", WithdrawAsync).RequireAuthorization(Scopes.Account)
            .WithSummary("Withdraw consent to a purpose; idempotent")
            .Produces<ConsentRecord>().ProducesProblems(400, 401, 403);
    }

    private static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains) =>
        Results.Ok((await Grain(context, grains).GetAsync()).ToRecord());

    private static Task<IResult> GiveAsync(string purpose, HttpContext context, IGrainFactory grains) =>
        SetAsync(new SetConsent(purpose, true, Method), context, grains);

    private static Task<IResult> WithdrawAsync(string purpose, HttpContext context, IGrainFactory grains) =>
        SetAsync(new SetConsent(purpose, false, Method), context, grains);

    private static async Task<IResult> SetAsync(SetConsent command, HttpContext context, IGrainFactory grains) =>
        ProblemResult.From(await Grain(context, grains).SetAsync(command), static view => Results.Ok(view.ToRecord()));

    private static IConsentGrain Grain(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<IConsentGrain>(context.RequiredUserId());

    private static ConsentRecord ToRecord(this ConsentView view) => new(
        view.PolicyVersion,
        view.PolicySha256,
        [.. Purposes.Optional.Select(purpose => new PurposeConsent(purpose, view.Given.Contains(purpose)))],
        [.. view.History.Select(static fact => new ConsentEntry(fact.At, fact.What, fact.Subject, fact.PolicyVersion, fact.Method))]);
}
