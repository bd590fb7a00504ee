using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>How often the library sends what a platform refuses, or cannot do.</summary>
public sealed class HubLinkTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Refusing _refusing = new();
    private readonly TestPlatform<PlatformHub, Refusing> _platform;

    public HubLinkTests() => _platform = new(_refusing, _clock);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _platform.StartAsync(Stop);

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    // What the platform says, how often before it takes it; sent how often, and the code that it is given up with.
    [InlineData("too_many: Full.", 20, 21, null)]
    [InlineData("unavailable: Later.", 20, 21, null)]
    [InlineData("fault: Broken.", 5, 6, null)]
    [InlineData("fault: Broken.", 20, 6, "platform_fault")]
    [InlineData("invalid: Never.", 20, 1, "invalid")]
    public async Task Invoke_IsSentAgainAsTheCodeSays(string refusal, int refused, int sent, string? code)
    {
        (_refusing.With, _refusing.Times) = (refusal, refused);

        var invoked = _platform.Link.InvokeAsync<string>(ProviderHubNames.Mark, static () => [], Stop);
        while (!invoked.IsCompleted)
        {
            // Every pause is over at once.
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.Equal(code, invoked.IsFaulted ? (await Assert.ThrowsAsync<OrkestronException>(() => invoked)).Code : null);
        Assert.Equal(sent, _refusing.Asked);
    }

    [Fact]
    public async Task Answer_ThatMeetsAFault_IsSentUntilThePlatformHasIt()
    {
        (_refusing.With, _refusing.Times) = ("fault: Broken.", 20);

        var invoked = _platform.Link.InvokeAsync<string>(ProviderHubNames.Answer, static () => [], Stop);
        while (!invoked.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.Equal("taken", await invoked);
        Assert.Equal(21, _refusing.Asked);
    }

    internal sealed class Refusing
    {
        public string With { get; set; } = "";

        public int Times { get; set; }

        public int Asked { get; private set; }

        public string Ask() => ++Asked <= Times ? throw new HubException(With) : "taken";
    }

    internal sealed class PlatformHub(Refusing refusing) : Hub
    {
        public string Mark() => refusing.Ask();

        public string Answer() => refusing.Ask();
    }
}
