using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Orkestron.Domain;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Accounts;

/// <summary>
/// Checks passwords, and records in a cookie for which e-mail addresses this browser has sent the right one. Failed attempts of
/// others at these addresses do not slow such a browser down. The cookie is encrypted, grants nothing by itself, and contains
/// hashes of the addresses.
/// </summary>
internal sealed class KnownDevices(IGrainFactory grains, IDataProtectionProvider protection)
{
    private const string Name = "orkestron-device";
    private const int MaxAddresses = 5;
    private static readonly TimeSpan Age = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Orkestron.KnownDevice").ToTimeLimitedDataProtector();

    /// <summary>Checks a password; see <see cref="IEmailGrain.SignInAsync(SignIn)"/>. Does not start a session.</summary>
    public async Task<Outcome<UserView>> SignInAsync(HttpContext context, string email, string password)
    {
        var key = EmailKeys.Of(email);
        var outcome = await grains.GetGrain<IEmailGrain>(key)
            .SignInAsync(new SignIn(password, email, NetworkAddress.Of(context), Read(context).GetValueOrDefault(key)));
        return Remembered(context, key, outcome);
    }

    /// <summary>Opens an account; see <see cref="IEmailGrain.RegisterAsync"/>. Does not start a session.</summary>
    public async Task<Outcome<UserView>> RegisterAsync(HttpContext context, RegisterAccount command)
    {
        var key = EmailKeys.Of(command.Email);
        return Remembered(context, key, await grains.GetGrain<IEmailGrain>(key).RegisterAsync(command));
    }

    private Outcome<UserView> Remembered(HttpContext context, string key, Outcome<UserView> outcome)
    {
        var known = Read(context);
        if (outcome.Accepted && !known.ContainsKey(key))
        {
            known.Add(key, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            var text = string.Join('\n', known.TakeLast(MaxAddresses).Select(static each => $"{each.Key} {each.Value}"));
            context.Response.Cookies.Append(NameFor(context), _protector.Protect(text, Age), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Age,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return outcome;
    }

    /// <summary>The device ids by the key of the e-mail address, oldest first.</summary>
    private OrderedDictionary<string, string> Read(HttpContext context)
    {
        var known = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (!context.Request.Cookies.TryGetValue(NameFor(context), out var cookie) || cookie.Length > 4_096)
        {
            return known;
        }

        try
        {
            foreach (var line in _protector.Unprotect(cookie).Split('\n'))
            {
                var parts = line.Split(' ');
                known[parts[0]] = parts[1];
            }
        }
        catch (CryptographicException)
        {
            // Expired, or not made here.
        }

        return known;
    }

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? $"__Host-{Name}" : Name;
}
