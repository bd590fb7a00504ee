using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Orkestron.Web.Features.Accounts;

/// <summary>
/// Carries the id of the guest account that a form has opened from one post of the form to the next. The session starts only
/// when the user leaves the page, because the page's form tokens belong to the session that it was requested with. The ticket
/// is encrypted, so nobody can name another account.
/// </summary>
internal sealed class GuestTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(2);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Orkestron.Pages.GuestTicket").ToTimeLimitedDataProtector();

    public string Seal(Guid userId) => _protector.Protect(userId.ToString("N"), Age);

    /// <summary>The account; null when the ticket is missing, expired or was not made here.</summary>
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
