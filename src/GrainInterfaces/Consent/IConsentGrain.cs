using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Consent;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Consent;

/// <summary>One user's consent record: what was accepted, given and withdrawn, under which text. Key: the user's id.</summary>
[GrainInterfaceType("consent"), Alias("orkestron.consent")]
public interface IConsentGrain : IGrainWithGuidKey
{
    /// <summary>Records that the policy was accepted (which is not a consent to any purpose).</summary>
    [Alias("accept-policy")]
    Task<Outcome<ConsentView>> AcceptPolicyAsync(AcceptPolicy command);

    /// <summary>Gives or withdraws consent to one purpose; to say the same again changes nothing.</summary>
    [Alias("set")]
    Task<Outcome<ConsentView>> SetAsync(SetConsent command);

    /// <summary>The record as it stands.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ConsentView> GetAsync();
}
