using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>A task grain that is asked about what it does not know.</summary>
[Collection("silo")]
public sealed class TaskGrainTests(TestSilo silo)
{
    [Fact]
    public async Task EndStep_OfAStepLostInACrash_LetsTheAgentRunItAgain()
    {
        var task = silo.Grains.Get<ITaskStepsGrain>(Guid.NewGuid());

        var done = await task.EndStepAsync(new StepEnd
        {
            StepId = 2,
            Attempt = 1,
            StartedAt = TestSilo.Start,
            EndedAt = TestSilo.Start,
            Output = Payload.EmptyObject,
        });

        Assert.False(done);
    }

    [Fact]
    public async Task Wait_ForATaskThatIsNotThere_IsRefusedAtOnce()
    {
        var outcome = await silo.Grains.Get<ITaskGrain>(Guid.NewGuid())
            .WaitAsync(Guid.NewGuid(), TimeSpan.FromMinutes(1));

        Assert.Equal(RefusalCode.NotFound, outcome.Refusal?.Code);
    }
}
