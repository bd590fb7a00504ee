using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Shared.Layout;

/// <summary>Who looks at the site, as its header says it.</summary>
/// <param name="Name">The name shown.</param>
/// <param name="AvailableMicro">What can be spent; null when it cannot be told.</param>
public sealed record SiteViewer(string Name, long? AvailableMicro)
{
    /// <summary>Someone may be signed in: who, cannot be told now.</summary>
    public static readonly SiteViewer Unknown = new("Account", null);

    /// <summary>The signed-in user, or null.</summary>
    internal static async Task<SiteViewer?> OfAsync(PageUser user) => await user.GetAsync() is { } view
        ? new SiteViewer(view.Guest ? "Guest" : view.DisplayName, (await user.WalletAsync())?.AvailableMicro ?? 0)
        : null;
}
