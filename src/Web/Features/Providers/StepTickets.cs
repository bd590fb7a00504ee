using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Orkestron.Domain;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Tickets, by which providers refer to steps. A ticket is encrypted: every web node can read which attempt of which task it
/// names, and its holder cannot.
/// </summary>
internal sealed class StepTickets(IDataProtectionProvider protection)
{
    private const int Fixed = 16 + 4 + 4 + 4 + 8;

    private readonly IDataProtector _protector = protection.CreateProtector("orkestron.provider.step.v1");

    public string Seal(StepTicket ticket)
    {
        var plain = new byte[Fixed + Encoding.UTF8.GetByteCount(ticket.Agent)];
        ticket.Step.TaskId.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(16), ticket.Step.StepId);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(20), ticket.Step.Attempt);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(24), ticket.Step.Turn);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(28), ticket.HandedAt.UtcTicks);
        Encoding.UTF8.GetBytes(ticket.Agent, plain.AsSpan(Fixed));
        return WebEncoders.Base64UrlEncode(_protector.Protect(plain));
    }

    /// <summary>Opens a ticket; false when this platform did not make it.</summary>
    public bool TryOpen(string? text, [NotNullWhen(true)] out StepTicket? ticket)
    {
        ticket = null;
        if (text is not { Length: > 0 and <= 1_024 })
        {
            return false;
        }

        byte[] plain;
        try
        {
            plain = _protector.Unprotect(WebEncoders.Base64UrlDecode(text));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return false;
        }

        ticket = new StepTicket(
            Encoding.UTF8.GetString(plain.AsSpan(Fixed)),
            new StepKey(
                new Guid(plain.AsSpan(0, 16)),
                BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(16)),
                BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(20)),
                BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(24))),
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(28)), TimeSpan.Zero));
        return true;
    }
}

/// <summary>The content of a ticket.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Step">Which attempt.</param>
/// <param name="HandedAt">When the step was sent to the process.</param>
internal sealed record StepTicket(string Agent, StepKey Step, DateTimeOffset HandedAt);
