using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Grains.Users;

/// <summary>Ids of the tokens that accounts begin with: one grant of a kind for an account, however often it is tried.</summary>
internal static class GrantIds
{
    public static Guid Of(Guid userId, string reason)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"grant\n{userId:N}\n{reason}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
