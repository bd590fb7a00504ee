
namespace Orkestron.Domain.Users;

/// <summary>Whether an account may be opened.</summary>
/// <param name="Granted">It may, or the place was taken.</param>
/// <param name="ProofNeeded">A proof of work opens it now.</param>
/// <param name="Wait">How long until one may be opened without a proof.</param>
[GenerateSerializer, Immutable, Alias("orkestron.account-quota-view")]
public sealed record AccountQuota(
    [property: Id(0)] bool Granted, [property: Id(1)] bool ProofNeeded, [property: Id(2)] TimeSpan Wait);
