using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Addresses at which a provider's process reads or uploads one file. They are encrypted, short-lived, and valid for one file of
/// one attempt of one step.
/// </summary>
internal sealed class ArtifactLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Length = 1 + 16 + 16 + 4 + 4 + 8;
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("orkestron.provider.artifact.v1");

    /// <summary>Makes an address. It expires with the grant, after 15 minutes at the latest.</summary>
    public (string Url, DateTimeOffset ExpiresAt) Seal(StepTicket ticket, ArtifactUse use, Guid artifactId, DateTimeOffset until)
    {
        var expires = clock.GetUtcNow() + MaxAge;
        expires = until < expires ? until : expires;
        var plain = new byte[Length];
        plain[0] = (byte)use;
        artifactId.TryWriteBytes(plain.AsSpan(1));
        ticket.Step.TaskId.TryWriteBytes(plain.AsSpan(17));
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(33), ticket.Step.StepId);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(37), ticket.Step.Attempt);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(41), expires.UtcTicks);
        return ($"{ApiRoutes.Api}/steps/artifacts/{WebEncoders.Base64UrlEncode(_protector.Protect(plain))}", expires);
    }

    /// <summary>Opens a token; false when this platform did not make it, it is for another use, or it has expired.</summary>
    public bool TryOpen(string token, ArtifactUse use, [NotNullWhen(true)] out ArtifactLink? link)
    {
        link = null;
        if (token.Length is 0 or > 1_024)
        {
            return false;
        }

        byte[] plain;
        try
        {
            plain = _protector.Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return false;
        }

        if (plain.Length != Length || plain[0] != (byte)use
            || BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(41)) <= clock.GetUtcNow().UtcTicks)
        {
            return false;
        }

        link = new ArtifactLink(
            new Guid(plain.AsSpan(17, 16)),
            new ArtifactRequest(
                BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(33)),
                BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(37)),
                use,
                new Guid(plain.AsSpan(1, 16))));
        return true;
    }
}

/// <summary>The content of an address.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Request">What may be done with the address.</param>
internal sealed record ArtifactLink(Guid TaskId, ArtifactRequest Request);
