using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Users;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Accounts;

/// <summary>
/// Makes and checks small proofs of work: a number such that SHA-256 of <c>seed.number</c> begins with a given number of zero
/// bits. Challenges are not stored: the encrypted ticket contains the seed, the number of bits, the address and the expiry.
/// </summary>
internal sealed class ProofOfWork(IDataProtectionProvider protection, IOptions<WebOptions> options, TimeProvider clock)
{
    private const int MaxLength = 1_000;
    private const int MaxNumber = 20;

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Orkestron.ProofOfWork").ToTimeLimitedDataProtector();

    /// <summary>A challenge for the sender of a request.</summary>
    public AccountChallenge Challenge(HttpContext context)
    {
        var seed = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var ends = clock.GetUtcNow() + options.Value.ProofAge;
        var ticket = _protector.Protect($"{seed} {options.Value.ProofBits} {NetworkAddress.Of(context)}", ends);
        return new AccountChallenge(ticket, seed, options.Value.ProofBits, ends);
    }

    /// <summary>The seed of a solved challenge; null when the proof is not valid or the challenge was made for another address.</summary>
    /// <param name="context">The request.</param>
    /// <param name="proof"><c>ticket.number</c>.</param>
    public string? SeedOf(HttpContext context, string? proof)
    {
        if (proof is not { Length: > 0 and <= MaxLength } || proof.Split('.') is not [var ticket, { Length: <= MaxNumber } number])
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(ticket).Split(' ');
            return parts[2] == NetworkAddress.Of(context)
                && IsSolved(parts[0], number, int.Parse(parts[1], CultureInfo.InvariantCulture))
                ? parts[0]
                : null;
        }
        catch (CryptographicException)
        {
            // Expired, or not made here.
            return null;
        }
    }

    /// <summary>Whether a number solves a seed. Pure.</summary>
    internal static bool IsSolved(string seed, string number, int bits)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}.{number}"));
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= bits;
    }
}
