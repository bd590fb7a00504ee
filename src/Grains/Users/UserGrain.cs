using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Consent;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Users;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Consent;
using Orkestron.GrainInterfaces.Users;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Grains.Wallets;
using Orkestron.Journal;

namespace Orkestron.Grains.Users;

/// <summary>One account. Cold state; name and address are sealed under the user's key.</summary>
[GrainType("user")]
internal sealed partial class UserGrain(
    [PersistentState("user", StorageNames.Cold)] IPersistentState<UserRecord> stored,
    ISealer sealer,
    TimeProvider clock,
    IOptions<WalletOptions> wallets) : Grain, IUserGrain, IUserAccountGrain
{
    private UserRecord Record => stored.State;

    private Guid Id => this.GetPrimaryKey();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => SealNamesAsync();

    public async Task<Outcome<UserView>> OpenGuestAsync(OpenGuest command)
    {
        if (!Record.Exists)
        {
            if (AccountRules.Declared(command.Over18, command.PolicyVersion) is { } refusal)
            {
                return refusal;
            }

            await StoreAsync(new UserProfile("Guest", null), command.PolicyVersion);
        }

        // Again after a crash in between: both are carried out once, whatever was done.
        await ProvisionAsync("guest form");
        return await ViewAsync();
    }

    public async Task<Outcome<UserView>> OpenAsync(RegisterAccount command)
    {
        var email = EmailKeys.Normalise(command.Email);
        if (Record is { Exists: true, Guest: false })
        {
            if ((await ProfileAsync())?.Email is { } standing && standing != email)
            {
                return Refuse.With(RefusalCode.Conflict, "This account has another address. Sign out first.");
            }
        }
        else
        {
            await StoreAsync(new UserProfile(command.DisplayName.Trim(), email), command.PolicyVersion);
        }

        await ProvisionAsync("registration form");
        return await ViewAsync();
    }

    public async Task<Outcome<UserView>> FinishAsync(string email)
    {
        var stored = Record is { Exists: true, Guest: false } && (await ProfileAsync())?.Email == EmailKeys.Normalise(email);
        if (!stored)
        {
            return Refuse.With(RefusalCode.NotFound, "There is no such account.");
        }

        await ProvisionAsync("registration form");
        return await ViewAsync();
    }

    public async Task<Outcome<UserView>> GetAsync() =>
        Record.Exists ? await ViewAsync() : Refuse.With(RefusalCode.NotFound, "There is no such account. Sign in again.");

    private async Task StoreAsync(UserProfile profile, int policyVersion)
    {
        Record.SealedProfile = await sealer.SealAsync(
            Subject, Context, JsonSerializer.SerializeToUtf8Bytes(profile, UserJson.Default.UserProfile));
        Record.Guest = profile.Email is null;
        Record.PolicyVersion = policyVersion;
        if (!Record.Exists)
        {
            (Record.Exists, Record.CreatedAt) = (true, clock.GetUtcNow());
        }

        await stored.SaveAsync(this);
    }

    /// <summary>The consent record and the play tokens that an account begins with.</summary>
    private async Task ProvisionAsync(string method)
    {
        var policy = PrivacyPolicy.Versions.Single(each => each.Version == Record.PolicyVersion);
        await GrainFactory.GetGrain<IConsentGrain>(Id)
            .AcceptPolicyAsync(new AcceptPolicy(policy.Version, policy.Sha256, method, Over18: true));
        var (guest, full) = (wallets.Value.GuestGrantMicro, wallets.Value.AccountGrantMicro);
        await GrantAsync("guest", Math.Min(guest, full));
        if (!Record.Guest)
        {
            await GrantAsync("account", full - guest);
        }
    }

    private async Task GrantAsync(string reason, long micro)
    {
        if (micro > 0)
        {
            var outcome = await GrainFactory.GetGrain<IWalletGrain>(Id)
                .IssueAsync(new IssueTokens(GrantIds.Of(Id, reason), micro, reason));
            if (outcome.Refusal is { Code: not RefusalCode.Conflict } refusal)
            {
                throw new InvalidOperationException($"The grant was refused: {refusal.Detail}");
            }
        }
    }

    private async Task<UserView> ViewAsync()
    {
        var profile = await ProfileAsync() ?? new UserProfile("Erased", null);
        // A later version is accepted in the consent record, which alone knows.
        var consent = await GrainFactory.GetGrain<IConsentGrain>(Id).GetAsync();
        return new UserView(Id, profile.DisplayName, profile.Email, Record.Guest, Record.CreatedAt, consent.PolicyVersion);
    }

    private async Task<UserProfile?> ProfileAsync()
    {
        var opened = await sealer.OpenAsync(Subject, Context, Record.SealedProfile);
        return opened is null ? null : JsonSerializer.Deserialize(opened, UserJson.Default.UserProfile);
    }

    private string Subject => Id.ToString("N");

    private string Context => $"user/{Id:N}";
}
