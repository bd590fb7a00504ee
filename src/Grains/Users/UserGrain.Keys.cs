using System.Collections.Immutable;
using System.Text;
using Orkestron.Domain;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Users;

internal sealed partial class UserGrain
{
    private const int PrefixLength = 10;

    public async Task<Outcome<NewApiKey>> CreateKeyAsync(string name, ImmutableArray<string> scopes)
    {
        if (!Record.Exists)
        {
            return Refuse.With(RefusalCode.NotFound, "There is no such account. Sign in again.");
        }

        ImmutableArray<string> granted = scopes.IsDefaultOrEmpty ? AccountRules.Scopes : [.. scopes.Distinct()];
        if (string.IsNullOrWhiteSpace(name) || name.Length > AccountRules.MaxName || granted.Except(AccountRules.Scopes).Any())
        {
            return Refuse.With(
                RefusalCode.Invalid,
                $"A key has a name of 1 to {AccountRules.MaxName} characters and scopes out of {string.Join(", ", AccountRules.Scopes)}.");
        }

        if (Record.Keys.Count >= AccountRules.MaxKeys)
        {
            return Refuse.With(RefusalCode.TooMany, $"You have {AccountRules.MaxKeys} keys. Revoke one first.");
        }

        var key = ApiKeyFormat.Create();
        var view = new ApiKeyView(Guid.CreateVersion7(clock.GetUtcNow()), name.Trim(), key[..PrefixLength], granted, clock.GetUtcNow());
        Record.Keys.Add(await SealNameAsync(new StoredApiKey(view, ApiKeyFormat.HashOf(key))));
        // Listed before it is valid: a key that works can always be revoked.
        await stored.SaveAsync(this);
        await GrainFactory.GetGrain<IApiKeyGrain>(ApiKeyFormat.HashOf(key)).OpenAsync(new ApiKeyOwner(Id, granted));
        return new NewApiKey(view.Id, view.Prefix, key);
    }

    public async Task<ApiKeys> KeysAsync() =>
        new([.. await Task.WhenAll(Record.Keys.ToArray().Select(OpenNameAsync))]);

    public async Task<Outcome<ApiKeys>> RevokeKeyAsync(Guid keyId)
    {
        if (Record.Keys.Find(key => key.View.Id == keyId) is not { } found)
        {
            return Refuse.With(RefusalCode.NotFound, "You have no such key.");
        }

        await GrainFactory.GetGrain<IApiKeyGrain>(found.Hash).CloseAsync();
        Record.Keys.Remove(found);
        await stored.SaveAsync(this);
        return await KeysAsync();
    }

    /// <summary>Seals the names that an earlier release wrote in clear.</summary>
    private async Task SealNamesAsync()
    {
        if (Record.Keys.TrueForAll(static key => key.SealedName is not null))
        {
            return;
        }

        try
        {
            for (var i = 0; i < Record.Keys.Count; i++)
            {
                Record.Keys[i] = await SealNameAsync(Record.Keys[i]);
            }

            await stored.SaveAsync(this);
        }
        catch (SubjectErasedException)
        {
            // Nothing can be sealed for who was erased, and what is left is nobody's.
        }
    }

    private async Task<StoredApiKey> SealNameAsync(StoredApiKey key) => key.SealedName is not null ? key : key with
    {
        View = key.View with { Name = "" },
        SealedName = await sealer.SealAsync(Subject, KeyContext(key), Encoding.UTF8.GetBytes(key.View.Name)),
    };

    private async Task<ApiKeyView> OpenNameAsync(StoredApiKey key) => key.SealedName is not { } name
        ? key.View
        : key.View with
        {
            Name = await sealer.OpenAsync(Subject, KeyContext(key), name) is { } opened ? Encoding.UTF8.GetString(opened) : "Erased",
        };

    private static string KeyContext(StoredApiKey key) => $"api-key-name/{key.View.Id:N}";
}
