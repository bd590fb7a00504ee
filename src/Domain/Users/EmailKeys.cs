using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Domain.Users;

/// <summary>Turns an e-mail address into a grain key.</summary>
public static class EmailKeys
{
    /// <summary>SHA-256 of the trimmed, lower-cased address, in hexadecimal.</summary>
    public static string Of(string email) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"email\n{Normalise(email)}")));

    /// <summary>The address as compared: trimmed, lower case.</summary>
    public static string Normalise(string email) => email.Trim().ToLowerInvariant();
}
