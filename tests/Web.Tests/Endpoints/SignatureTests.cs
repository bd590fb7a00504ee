using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.Silo.Endpoints;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Signatures against the vector that Standard Webhooks publishes; the breaker against a clock.</summary>
public sealed class SignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly EndpointOptions Options = new();

    [Fact]
    public void Signature_OfThePublishedVector_IsThePublishedOne()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var signature = WebhookSignature.Of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1_614_265_330),
            "{\"test\": 2432232314}"u8,
            [key, new byte[32]]);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature.Split(' ')[0]);
        Assert.Equal(2, signature.Split(' ').Length);
    }

    [Fact]
    public void Breaker_AfterFiveFailuresInAMinute_OpensAndLetsOneTry()
    {
        var breaker = new EndpointBreaker(Options);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(breaker.Allows(Now));
            breaker.Begin(Step(i));
            breaker.End(Step(i), true, Now);
        }

        Assert.False(breaker.Allows(Now.AddSeconds(29)));
        Assert.True(breaker.Allows(Now.AddSeconds(30)));
        breaker.Begin(Step(9));
        Assert.False(breaker.Allows(Now.AddSeconds(31)));
        breaker.End(Step(9), true, Now.AddSeconds(31));
        Assert.False(breaker.Allows(Now.AddSeconds(60)));
        Assert.True(breaker.Allows(Now.AddSeconds(61)));
        breaker.Begin(Step(10));
        breaker.End(Step(10), null, Now.AddSeconds(62));
        Assert.True(breaker.Allows(Now.AddSeconds(62)));
        breaker.Begin(Step(11));
        breaker.End(Step(11), false, Now.AddSeconds(63));
        Assert.Null(breaker.RetryAt);
    }

    [Fact]
    public void Breaker_WhoseFailuresLieApart_StaysShut()
    {
        var breaker = new EndpointBreaker(Options);

        for (var i = 0; i < 20; i++)
        {
            breaker.End(Step(i), true, Now.AddSeconds(16 * i));
        }

        Assert.True(breaker.Allows(Now.AddSeconds(400)));
    }

    private static StepKey Step(int id) => new(Guid.Empty, id, 1, 0);
}
