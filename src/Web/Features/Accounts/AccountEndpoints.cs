using Orkestron.Contracts.Users;
using Orkestron.Domain;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Limits;

namespace Orkestron.Web.Features.Accounts;

/// <summary>Opening accounts, signing in and out.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Account");
        account.MapPost("/register", RegisterAsync).RequireRateLimiting(RateLimits.Account)
            .WithSummary("Open an account, or upgrade the signed-in guest's").Produces<Account>(StatusCodes.Status201Created)
            .ProducesProblems(400, 409, 422, 429);
        account.MapGet("/challenge", static (HttpContext context, ProofOfWork proofs) => proofs.Challenge(context))
            .WithSummary("A small proof of work, which registrations and guest accounts need when many accounts were opened from their network address today")
            .Produces<AccountChallenge>().ProducesProblems(429);
        account.MapPost("/guest", GuestAsync).RequireRateLimiting(RateLimits.Account)
            .WithSummary("Open a guest account with play tokens").Produces<Account>(StatusCodes.Status201Created)
            .ProducesProblems(400, 409, 422, 429);
        account.MapPost("/login", LoginAsync).RequireRateLimiting(RateLimits.Account)
            .WithSummary("Sign in").Produces<Account>().ProducesProblems(400, 401, 429);
        account.MapPost("/logout", static async (HttpContext context) =>
            {
                await context.SignOutUserAsync();
                return Results.NoContent();
            })
            .WithSummary("Sign out").Produces(StatusCodes.Status204NoContent);
        account.MapGet("", GetAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("The signed-in account").Produces<Account>().ProducesProblems(401);
    }

    private static async Task<IResult> RegisterAsync(
        RegisterRequest body, HttpContext context, IGrainFactory grains, KnownDevices devices, AccountGate gate, TimeProvider clock)
    {
        var wrong = Credentials(body.Email, body.Password)
            .Text("#/displayName", body.DisplayName, 80)
            .That("#/acceptedPolicyVersion", body.AcceptedPolicyVersion is not null, "Send the version of the policy that was shown; GET /api/v1/policy returns the current one.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var guest = await GuestIdAsync(context, grains);
        var command = new RegisterAccount(
            guest ?? Guid.CreateVersion7(clock.GetUtcNow()),
            body.Email!,
            body.Password!,
            body.DisplayName!,
            body.Over18 ?? false,
            body.AcceptedPolicyVersion!.Value);
        var outcome = guest is not null
            ? await devices.RegisterAsync(context, command)
            : await gate.OpenAsync(context, body.Proof, () => devices.RegisterAsync(context, command));
        return await SignedInAsync(context, outcome, StatusCodes.Status201Created);
    }

    private static async Task<IResult> GuestAsync(
        GuestRequest body, HttpContext context, IGrainFactory grains, AccountGate gate, TimeProvider clock)
    {
        if (new FieldChecks()
            .That("#/acceptedPolicyVersion", body.AcceptedPolicyVersion is not null, "Send the version of the policy that was shown; GET /api/v1/policy returns the current one.")
            .Problem() is { } wrong)
        {
            return wrong;
        }

        // A second click does not open a second account.
        var guest = await GuestIdAsync(context, grains);
        var command = new OpenGuest(body.Over18 ?? false, body.AcceptedPolicyVersion!.Value);
        var outcome = guest is { } id
            ? await OpenAsync(id)
            : await gate.OpenAsync(context, body.Proof, () => OpenAsync(Guid.CreateVersion7(clock.GetUtcNow())));
        return await SignedInAsync(context, outcome, StatusCodes.Status201Created);

        Task<Outcome<UserView>> OpenAsync(Guid user) => grains.GetGrain<IUserGrain>(user).OpenGuestAsync(command);
    }

    private static async Task<IResult> LoginAsync(LoginRequest body, HttpContext context, KnownDevices devices)
    {
        if (new FieldChecks().Text("#/email", body.Email, 254).Text("#/password", body.Password, 128).Problem() is { } wrong)
        {
            return wrong;
        }

        return await SignedInAsync(context, await devices.SignInAsync(context, body.Email!, body.Password!), StatusCodes.Status200OK);
    }

    private static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var outcome = await grains.GetGrain<IUserGrain>(context.RequiredUserId()).GetAsync();
        return ProblemResult.From(outcome, static user => Results.Ok(user.ToAccount()));
    }

    private static FieldChecks Credentials(string? email, string? password) => new FieldChecks()
        .Text("#/email", email, 254)
        .That("#/email", string.IsNullOrWhiteSpace(email) || IsAddress(email), "This is not an e-mail address.")
        .Text("#/password", password, 128, 12);

    // Catches typing errors; only sending a message could prove an address.
    private static bool IsAddress(string email)
    {
        var text = email.Trim();
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.Any(static each => char.IsWhiteSpace(each) || char.IsControl(each));
    }

    private static async Task<Guid?> GuestIdAsync(HttpContext context, IGrainFactory grains)
    {
        if (context.UserId() is not { } id)
        {
            return null;
        }

        var known = await grains.GetGrain<IUserGrain>(id).GetAsync();
        return known is { Accepted: true, Value.Guest: true } ? id : null;
    }

    private static async Task<IResult> SignedInAsync(
        HttpContext context, Outcome<UserView> outcome, int status)
    {
        if (!outcome.Accepted)
        {
            return ProblemResult.Of(outcome.Refusal);
        }

        await context.SignInUserAsync(outcome.Value.Id);
        return Results.Json(outcome.Value.ToAccount(), statusCode: status);
    }

    private static Account ToAccount(this UserView user) =>
        new(user.Id, user.DisplayName, user.Email, user.Guest, user.CreatedAt, user.PolicyVersion);
}
