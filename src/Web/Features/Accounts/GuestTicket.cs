using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Orkestron.Web.Features.Accounts;

/// <summary>
/// Names the guest account that a form has opened, from one post of the form to the next, before there is a session:
/// the session begins only when the page is left, since a page's form tokens belong to the session it was asked with.
/// Sealed, so that nobody can name another account.
/// </summary>
internal sealed class GuestTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(2);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Orkestron.Pages.GuestTicket").ToTimeLimitedDataProtector();

    public string Seal(Guid userId) => _protector.Protect(userId.ToString("N"), Age);

    /// <summary>The account, or null when the ticket is missing, too old or not ours.</summary>
    public Guid? Open(string? ticket)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return null;
        }

        try
        {
            return Guid.TryParseExact(_protector.Unprotect(ticket), "N", out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
