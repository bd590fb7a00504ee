using System.Security.Cryptography;
using System.Text;

namespace Orkestron.GrainInterfaces.Tasks;

/// <summary>Ids of tasks.</summary>
public static class TaskIds
{
    /// <summary>
    /// The id of the task that a caller submits under an idempotency key: a version 8 UUID from SHA-256, so that a
    /// repeated submission lands on the same grain. No table, no race.
    /// </summary>
    /// <param name="userId">The caller.</param>
    /// <param name="idempotencyKey">1 to 255 characters.</param>
    public static Guid Derive(Guid userId, string idempotencyKey)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"task\n{userId:N}\n{idempotencyKey}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
