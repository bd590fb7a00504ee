using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orkestron.Domain;
using Orkestron.Journal;

namespace Orkestron.Grains.Endpoints;

/// <summary>
/// Tokens that allow an endpoint to report on one attempt of one step until its deadline. A token is sealed: every silo can open
/// it, before and
/// after a restart, and it says nothing to its holder.
/// </summary>
public sealed class CallbackTokens(ISealer sealer)
{
    private const int Fixed = 16 + 4 + 4 + 4 + 8 + 8;
    private const int MaxLength = 1_024;
    private const string Subject = "platform:callbacks";
    private const string Context = "callback/1";

    /// <summary>Makes a token, safe in a path.</summary>
    public async ValueTask<string> SealAsync(CallbackGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var plain = new byte[Fixed + Encoding.UTF8.GetByteCount(grant.Agent)];
        Write(grant, plain);
        return Base64Url.EncodeToString(await sealer.SealAsync(Subject, Context, plain));
    }

    /// <summary>Reads a token; null for what this platform did not make.</summary>
    public async ValueTask<CallbackGrant?> OpenAsync(string token)
    {
        if (token is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(token))
        {
            return null;
        }

        try
        {
            return await sealer.OpenAsync(Subject, Context, Base64Url.DecodeFromChars(token)) is { Length: > Fixed } plain
                ? Read(plain)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static void Write(CallbackGrant grant, Span<byte> plain)
    {
        grant.Step.TaskId.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt32BigEndian(plain[16..], grant.Step.StepId);
        BinaryPrimitives.WriteInt32BigEndian(plain[20..], grant.Step.Attempt);
        BinaryPrimitives.WriteInt32BigEndian(plain[24..], grant.Step.Turn);
        BinaryPrimitives.WriteInt64BigEndian(plain[28..], grant.SentAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(plain[36..], grant.Until.UtcTicks);
        Encoding.UTF8.GetBytes(grant.Agent, plain[Fixed..]);
    }

    private static CallbackGrant Read(ReadOnlySpan<byte> plain) => new(
        Encoding.UTF8.GetString(plain[Fixed..]),
        new StepKey(
            new Guid(plain[..16]),
            BinaryPrimitives.ReadInt32BigEndian(plain[16..]),
            BinaryPrimitives.ReadInt32BigEndian(plain[20..]),
            BinaryPrimitives.ReadInt32BigEndian(plain[24..])),
        new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(plain[28..]), TimeSpan.Zero),
        new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(plain[36..]), TimeSpan.Zero));
}

/// <summary>What a token grants.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Step">Which attempt.</param>
/// <param name="SentAt">When the endpoint was called.</param>
/// <param name="Until">Until when it may report.</param>
public sealed record CallbackGrant(string Agent, StepKey Step, DateTimeOffset SentAt, DateTimeOffset Until);
