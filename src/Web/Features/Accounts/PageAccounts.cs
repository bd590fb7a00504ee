using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Features.Accounts;

/// <summary>Opens accounts from the forms of pages, within the limits of the sender's network address.</summary>
internal sealed class PageAccounts(
    IHttpContextAccessor accessor, IGrainFactory grains, TimeProvider clock, AccountLimiter limiter, AccountGate gate, PageUser user)
{
    private HttpContext Context =>
        accessor.HttpContext ?? throw new InvalidOperationException("Pages are rendered within a request.");

    /// <summary>A refusal when the address has asked for accounts or sign-ins too often. Counts this request.</summary>
    public Refusal? TooOften() => limiter.Refuse(Context);

    /// <summary>
    /// Calls <paramref name="open"/> and counts the account, if the network address may have one more. The form's field
    /// <c>proof</c> holds the proof of work when one is required.
    /// </summary>
    public Task<Outcome<UserView>> OpenAsync(Func<Task<Outcome<UserView>>> open) =>
        gate.OpenAsync(Context, Context.Request.Form["proof"], open);

    /// <summary>Opens a guest account without starting a session. The same id again returns the same account.</summary>
    public async Task<Outcome<UserView>> OpenGuestAsync(Guid id, bool over18) => TooOften() is { } refusal
        ? refusal
        : await OpenAsync(() => grains.GetGrain<IUserGrain>(id).OpenGuestAsync(new OpenGuest(over18, PrivacyPolicy.Current.Version)));

    /// <summary>Opens a guest account and starts its session.</summary>
    public async Task<Outcome<UserView>> OpenGuestAsync(bool over18)
    {
        var opened = await OpenGuestAsync(Guid.CreateVersion7(clock.GetUtcNow()), over18);
        if (opened.Accepted)
        {
            await user.SignInAsync(opened.Value);
        }

        return opened;
    }
}
