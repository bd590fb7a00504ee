using System.Security.Claims;
using Orkestron.Domain.Users;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Users;
using Orkestron.GrainInterfaces.Wallets;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>The user of a page. Scoped to the request; the account is read once.</summary>
internal sealed class PageUser(IHttpContextAccessor accessor, IGrainFactory grains)
{
    private Task<UserView?>? _view;

    private HttpContext Context =>
        accessor.HttpContext ?? throw new InvalidOperationException("Pages are rendered within a request.");

    /// <summary>The user's id; null when nobody is signed in or the account is gone.</summary>
    public async Task<Guid?> IdAsync() => (await GetAsync())?.Id;

    /// <summary>The account; null when nobody is signed in or the account is gone.</summary>
    public Task<UserView?> GetAsync() => _view ??= ReadAsync();

    /// <summary>The wallet; null when nobody is signed in.</summary>
    public async Task<WalletView?> WalletAsync() =>
        await GetAsync() is { } user ? await grains.GetGrain<IWalletGrain>(user.Id).GetAsync() : null;

    /// <summary>Starts a session.</summary>
    public async Task SignInAsync(UserView user)
    {
        await Context.SignInUserAsync(user.Id);
        // The form tokens of the page rendered next must belong to the new session.
        Context.User = UserClaims.Principal(user.Id, Schemes.Session);
        _view = Task.FromResult<UserView?>(user);
    }

    /// <summary>Ends the session.</summary>
    public async Task SignOutAsync()
    {
        await Context.SignOutUserAsync();
        Context.User = new ClaimsPrincipal(new ClaimsIdentity());
        _view = Task.FromResult<UserView?>(null);
    }

    private async Task<UserView?> ReadAsync()
    {
        if (Context.UserId() is not { } id)
        {
            return null;
        }

        var account = await grains.GetGrain<IUserGrain>(id).GetAsync();
        return account.Accepted ? account.Value : null;
    }
}
