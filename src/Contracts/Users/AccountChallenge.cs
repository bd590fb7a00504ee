namespace Orkestron.Contracts.Users;

/// <summary>
/// A small piece of work that opens another account from a network address that has opened many today. Find a whole number
/// of at most 20 digits such that SHA-256 of the ASCII text <c>seed.number</c> begins with <see cref="Bits"/> zero bits, and
/// send <c>ticket.number</c> as <c>proof</c> with the registration or the guest account, once.
/// </summary>
/// <param name="Ticket">Sealed; sent back as it is.</param>
/// <param name="Seed">What the text begins with, 22 characters.</param>
/// <param name="Bits">Zero bits, 0 to 32: with 17, about 130,000 tries.</param>
/// <param name="ExpiresAt">Until when the proof is taken.</param>
public sealed record AccountChallenge(string Ticket, string Seed, int Bits, DateTimeOffset ExpiresAt);
