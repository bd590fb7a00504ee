using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Tasks;

/// <summary>Takes a task: chooses the agent's version, checks the input, sets the tokens aside and hands the first step out.</summary>
internal sealed class TaskSubmitting(
    TaskContext context, TaskDispatcher dispatcher, TaskTimer timer, TaskHold hold, TaskFiles files, TaskReplay replay)
{
    private Task<Outcome<TaskView>>? _running;

    /// <summary>Whether a submission is on its way.</summary>
    public bool IsRunning => _running is { IsCompleted: false };

    /// <summary>Takes a task once. Two equal submissions at once share one run: the second waits and meets the task of the first.</summary>
    public async Task<Outcome<TaskView>> SubmitAsync(SubmitTask command)
    {
        while (_running is { IsCompleted: false } running)
        {
            await running.ContinueWith(static _ => { }, TaskScheduler.Current);
        }

        return await (_running = SubmitOnceAsync(command));
    }

    private async Task<Outcome<TaskView>> SubmitOnceAsync(SubmitTask command)
    {
        var hash = RequestHash.Of(command);
        if (context.Record.Exists)
        {
            return await RepeatAsync(command, hash);
        }

        var chosen = command.RetryFrom is { } source
            ? await replay.ChooseAsync(command, source)
            : await context.Agent(command.Agent).ChooseAsync(context.Id, command.UserId, command.Version);
        if (chosen.Value is not { } manifest)
        {
            return chosen.Refusal!;
        }

        var admission = TaskAdmission.Check(command, manifest, context.Now, context.Options);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }

        // From here on there is only what the agent's schema declares: nothing else is stored, and no file in it is lent.
        command = command with { Input = admission.Input!.Value };
        if (await files.HoldAsync(command) is { } missing)
        {
            return missing;
        }

        var facts = admission.Events(command, manifest, hold.Begin(), hash, context.Options);
        var submission = await context.Log.PrepareAsync(facts, task => [TaskRows.Put(context.Id, task)]);
        var held = await hold.HoldAsync(submission.Append, command.UserId, admission.HeldMicro);
        if (held is { Sent: null, Answer.Refusal: { } poor })
        {
            files.Drop(command);
            return poor;
        }

        return await AcceptAsync(submission, held, command.UserId, manifest.KeepsInside);
    }

    private async Task<Outcome<TaskView>> RepeatAsync(SubmitTask command, string hash)
    {
        if (!context.IsOwnedBy(command.UserId))
        {
            return TaskContext.NotFound();
        }

        return context.Record.Submission!.RequestHash == hash
            ? await context.ViewAsync()
            : Refuse.With(
                RefusalCode.Conflict,
                "This idempotency key was used for another request. Send the same body, or take a new key.");
    }

    private async Task<Outcome<TaskView>> AcceptAsync(
        PreparedAppend<TaskEvent> submission, LinkedCall<Outcome<WalletView>> held, Guid payer, bool inside)
    {
        var submitting = hold.SubmittedAsync(context.Log.AcceptAsync(submission, held.Sent), payer);
        context.Live.Ring();
        // What an agent inside the platform makes of it meanwhile is not waited for.
        var accepted = TaskViews.Of(context.Id, context.Record, context.Log.Version, context.Live);
        timer.Set();
        if (inside)
        {
            // Lost with a crash, the work is done again and nothing was paid. See ADR 19.
            dispatcher.Send(context.Record.Step(1)!);
            await submitting;
        }
        else
        {
            await submitting;
            dispatcher.Send(context.Record.Step(1)!);
        }

        return accepted;
    }
}
