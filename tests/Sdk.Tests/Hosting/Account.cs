using System.Net.Http.Json;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Users;
using Orkestron.Contracts.Wallets;

namespace Orkestron.Sdk.Tests.Hosting;

/// <summary>An account of the platform with what a test does with it.</summary>
public sealed class Account(Platform platform, HttpClient http) : IDisposable
{
    /// <summary>A provider name that no other test has.</summary>
    public string Provider { get; } = $"p-{Guid.NewGuid():N}"[..20];

    public HttpClient Http => http;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<CreatedApiKey> KeyAsync(params string[] scopes)
    {
        using var made = await http.PostAsJsonAsync("account/keys", new { name = "test", scopes }, Stop);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<CreatedApiKey>(Stop))!;
    }

    public async Task RevokeAsync(CreatedApiKey key)
    {
        using var revoked = await http.DeleteAsync(new Uri($"account/keys/{key.Id}", UriKind.Relative), Stop);
        revoked.EnsureSuccessStatusCode();
    }

    public async Task<OrkestronClient> ClientAsync() =>
        OrkestronClient.Create(platform.Address, (await KeyAsync("read", "write")).Key);

    public async Task<OrkestronProvider> ProviderAsync() =>
        OrkestronProvider.Create().UseAddress(platform.Address).UseApiKey((await KeyAsync("publish")).Key);

    public async Task<Wallet> WalletAsync() => (await http.GetFromJsonAsync<Wallet>("wallet", JsonSerializerOptions.Web, Stop))!;

    public async Task<AgentListing> AgentAsync(string name) =>
        (await http.GetFromJsonAsync<AgentListing>($"agents/{Provider}/{name}", JsonSerializerOptions.Web, Stop))!;

    /// <summary>Waits until so many processes serve an agent.</summary>
    public Task ConnectedAsync(string name, int processes) => Platform.UntilAsync(
        $"{processes} processes serve {name}",
        async () =>
        {
            using var answer = await http.GetAsync(new Uri($"agents/{Provider}/{name}", UriKind.Relative), Stop);
            return answer.IsSuccessStatusCode
                && (await answer.Content.ReadFromJsonAsync<AgentListing>(Stop))!.Connected?.Processes == processes;
        });

    public void Dispose() => http.Dispose();
}
