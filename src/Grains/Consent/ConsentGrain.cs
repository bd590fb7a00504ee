using Orkestron.Domain;
using Orkestron.Domain.Consent;
using Orkestron.Domain.Privacy;
using Orkestron.GrainInterfaces.Consent;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Consent;

/// <summary>One user's consent record: every change is a fact with the text in force and the way it was said.</summary>
[GrainType("consent")]
internal sealed class ConsentGrain : Grain, IConsentGrain
{
    private readonly EventStream<ConsentView, ConsentEvent> _log;

    public ConsentGrain(IGrainContext context, IJournal journal, ISealer sealer, TimeProvider clock) =>
        _log = new EventStream<ConsentView, ConsentEvent>(
            ConsentFold.Kind, context.GrainId.GetGuidKey(), journal, sealer, clock, this.DeactivateOnIdle);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _log.LoadAsync();

    public async Task<Outcome<ConsentView>> AcceptPolicyAsync(AcceptPolicy command)
    {
        var current = PrivacyPolicy.Current;
        if (command.Version != current.Version || command.Sha256 != current.Sha256)
        {
            return Refuse.With(
                RefusalCode.PolicyVersionStale, $"The current privacy policy is version {current.Version}. Show and accept that one.");
        }

        if (!command.Over18)
        {
            return Refuse.With(RefusalCode.AgeRequired, "Accounts are for people of 18 and over.");
        }

        if (_log.State.PolicyVersion != command.Version)
        {
            await _log.AppendAsync([new PolicyAccepted(command.Version, command.Sha256, command.Over18, command.Method)]);
        }

        return await GetAsync();
    }

    public async Task<Outcome<ConsentView>> SetAsync(SetConsent command)
    {
        if (!Purposes.Optional.Contains(command.Purpose))
        {
            return Refuse.With(
                RefusalCode.Invalid, $"Consent is asked for these purposes: {string.Join(", ", Purposes.Optional)}.");
        }

        if (_log.State.Given.Contains(command.Purpose) != command.Given)
        {
            var version = PrivacyPolicy.Current.Version;
            await _log.AppendAsync([command.Given
                ? new ConsentGiven(command.Purpose, version, command.Method)
                : new ConsentWithdrawn(command.Purpose, version, command.Method)]);
        }

        return await GetAsync();
    }

    public async Task<ConsentView> GetAsync()
    {
        await _log.DurableAsync();
        return _log.State;
    }
}
