using System.Globalization;
using CsCheck;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>What is indexed and counted of a task's steps is what one finds by going through all of them.</summary>
public sealed class StepIndexTests
{
    private static readonly string[] Keys = ["1", "2", "3.0", "3.1", "undo.1.0", "4"];

    private static readonly Gen<(int Move, int Step, int Key)[]> Moves =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 40], Gen.Int[0, Keys.Length - 1]).Array[0, 60];

    [Fact]
    public void Answers_AfterAnyFacts_AreThoseOfAllSteps() => Moves.Sample(
        moves =>
        {
            var task = Submitted();
            foreach (var move in moves)
            {
                task = Play(task, move);
                Check(task);
            }
        },
        iter: 2_000);

    /// <summary>A version of a task that was left behind goes another way, and neither sees what the other has called.</summary>
    [Fact]
    public void Answers_OfVersionsThatPart_AreTheirOwn() => Gen.Select(Moves, Moves, Moves, Gen.Int[0, 60]).Sample(
        (before, one, other, at) =>
        {
            var versions = new List<TaskRecord> { Submitted() };
            foreach (var move in before)
            {
                versions.Add(Play(versions[^1], move));
            }

            var fork = versions[at % versions.Count];
            var ways = new[] { one.Aggregate(fork, Play), other.Aggregate(fork, Play), one.Aggregate(fork, Play) };
            Assert.All([.. versions, .. ways], Check);
        },
        iter: 500);

    [Fact]
    public void Calls_OfALongTask_AreFoundWithoutGoingThroughAll()
    {
        var task = Submitted();
        for (var id = 2; id <= 3_000; id++)
        {
            task = Fold(task, Call(id, 1, $"{id}"), new StepCompleted(id, 1, Start, Start, 0));
        }

        var found = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var id = 2; id <= 3_000; id++)
        {
            found += task.Child(1, id.ToString(CultureInfo.InvariantCulture))!.Id == id ? 1 : 0;
            found -= task.CallsOf(id).Length + task.Counts.OpenCallsOf(id);
        }

        Assert.Equal(2_999, found);
        // The keys themselves, and nothing else.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000 * 64);
    }

    private static TaskRecord Play(TaskRecord task, (int Move, int Step, int Key) move)
    {
        var step = task.Step((move.Step % task.Steps.Count) + 1)!;
        var key = Keys[move.Key];
        return task.Ended ? task : Fold(task, move.Move switch
        {
            <= 4 => Call(task.Steps.Count + 1, step.Id, key),
            5 => new StepStarted(step.Id, step.Attempt, Start),
            6 or 7 when step.Id > 1 => new StepCompleted(step.Id, step.Attempt, Start, Start, 5),
            8 when step.Id > 1 => new StepFailed(step.Id, step.Attempt, Start, Start, "code", false, move.Key > 2 ? Start : null),
            9 when step.Id > 1 => new StepCanceled(step.Id),
            10 => new StepSuspended(step.Id, step.Attempt, step.Turn),
            11 => move.Step % 2 == 0 ? new StepValueRecorded(step.Id, key) : new StepReserved(step.Id, key, 5),
            12 => step.History.ContainsKey(key) ? new StepAnswered(step.Id, key) : new StepAsked(step.Id, key),
            13 => new StepScopeCanceled(step.Id, key),
            14 when step.Id > 1 && !step.Ended => new StepUndoing(step.Id, step.Attempt + 1, "code"),
            15 when move.Key == 0 && move.Step == 0 => new TaskCanceled(),
            _ => new StepLost(step.Id, step.Attempt, Start, Start, "worker_lost"),
        });
    }

    private static StepRequested Call(int id, int parent, string key) =>
        new StepRequested(id, parent, key, "a/b", "1", 5, true, null, 10) { Content = Payload.EmptyObject };

    private static void Check(TaskRecord task)
    {
        foreach (var parent in task.Steps)
        {
            var calls = task.Steps.Where(step => step.Request.ParentId == parent.Id).ToArray();
            Assert.Equal(calls, task.CallsOf(parent.Id));
            Assert.Equal(calls.Count(static step => !step.Ended), task.Counts.OpenCallsOf(parent.Id));
            foreach (var key in Keys)
            {
                Assert.Same(calls.FirstOrDefault(step => step.Request.Call == key), task.Child(parent.Id, key));
            }
        }

        Assert.Equal(task.Steps.Sum(static step => step.History.Count), task.Counts.History);
        Assert.Equal(Works(task), WorkTime.Works(task));
    }

    private static bool Works(TaskRecord task) => !task.Ended && task.Steps.Exists(step =>
        step is { Outstanding: true, State: not StepState.Waiting }
        && !task.Steps.Exists(call => call.Request.ParentId == step.Id && call.Outstanding));
}
