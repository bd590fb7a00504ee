using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Domain.Users;

/// <summary>Turns a network address into a grain key.</summary>
public static class AccountQuotaKeys
{
    /// <summary>SHA-256 in hexadecimal, so that no address is in a key.</summary>
    /// <param name="address">An IPv4 address, or the /64 of an IPv6 address.</param>
    public static string Of(string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"quota\n{address}")));
}
