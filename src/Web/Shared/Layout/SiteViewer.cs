using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Shared.Layout;

/// <summary>The user as shown in the header of the site.</summary>
/// <param name="Name">The displayed name.</param>
/// <param name="AvailableMicro">The available tokens; null when they are unknown.</param>
public sealed record SiteViewer(string Name, long? AvailableMicro)
{
    /// <summary>Used when the user cannot be read.</summary>
    public static readonly SiteViewer Unknown = new("Account", null);

    /// <summary>The signed-in user, or null.</summary>
    internal static async Task<SiteViewer?> OfAsync(PageUser user) => await user.GetAsync() is { } view
        ? new SiteViewer(view.Guest ? "Guest" : view.DisplayName, (await user.WalletAsync())?.AvailableMicro ?? 0)
        : null;
}
