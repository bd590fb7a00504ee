using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Workflow;


namespace Orkestron.Grains.Tasks;

// What agents have recorded beside calls, and what the owner answers.
internal sealed partial class TaskGrain
{
    public async Task<HistoryResult> RecordAsync(HistoryRequest request)
    {
        if (Record.Continues is not null)
        {
            await ReuseEntryAsync(request);
        }

        if (Record.Step(request.StepId) is { } undoing && UndoneEntry(undoing, request.Key) is { } known && known.Kind == request.Kind)
        {
            return HistoryResultOf(known);
        }

        var (fact, failure) = HistoryRules.Decide(Record, request, _clock.GetUtcNow(), _options);
        if (failure is not null)
        {
            return new HistoryResult(null, null, failure);
        }

        if (fact is not null)
        {
            await _log.AppendAsync([fact], task => RowOf(task, listed: fact is StepAsked));
            _pulse.Ring();
        }
        else
        {
            await _log.DurableAsync();
        }

        return HistoryResultOf(Record.Step(request.StepId)!.History.GetValueOrDefault(request.Key));
    }

    private static HistoryResult HistoryResultOf(HistoryEntry? entry) => entry switch
    {
        null => new HistoryResult(null, null, null),
        { Kind: HistoryKind.Timer } wait => new HistoryResult(wait.Until, null, null),
        { Kind: HistoryKind.Question } question => new HistoryResult(question.AnsweredAt, question.Answer, null),
        var value => new HistoryResult(value.At, value.Content, null),
    };

    /// <summary>What the plan that a step undoes had recorded at a place.</summary>
    private HistoryEntry? UndoneEntry(StepRecord step, string key) =>
        step.Request.UndoOf is { } of ? Record.Step(of)?.History.GetValueOrDefault(key) : null;

    public Task CancelScopeAsync(CancelScope command) =>
        Record.Step(command.StepId)?.IsAt(command.Attempt) == true
            ? CancelCallsAsync(command.StepId, command.KeyPrefix)
            : _log.DurableAsync();

    public async Task CancelCallsAsync(int stepId, string keyPrefix)
    {
        if (Record.Ended || Record.Step(stepId) is not { Ended: false } caller || caller.Withdrawn.Contains(keyPrefix)
            || !HistoryRules.IsKey(keyPrefix))
        {
            await _log.DurableAsync();
            return;
        }

        var unwanted = Record.CallsOf(stepId).Where(step => !step.Ended
            && step.Request.Call!.StartsWith(keyPrefix, StringComparison.Ordinal) && !UndoCommandIds.Has(step.Request.Call)).ToArray();
        // What is still on its way comes too late; what they called in turn is wanted no more either.
        var (over, message) = (HistoryRules.Withdrawn.Code, HistoryRules.Withdrawn.Message);
        TaskEvent[] facts =
        [
            .. Record.Steps.Sum(static step => step.Withdrawn.Count) < _options.MaxMarks
                ? [new StepScopeCanceled(stepId, keyPrefix)]
                : Array.Empty<TaskEvent>(),
            .. UndoRules.Stop(
                Record, Record.Steps.Where(step => unwanted.Any(parent => Record.IsUnder(step, parent))), over, message),
        ];
        await (facts.Length > 0 ? EndAsync(facts) : _log.DurableAsync());
    }

    public async Task<Outcome<TaskView>> AnswerAsync(AnswerQuestion command)
    {
        if (!Owned(command.UserId))
        {
            return NotFound();
        }

        if (command.QuestionId is null && OpenQuestions > 1)
        {
            return Refuse.With(
                RefusalCode.Conflict,
                $"{(OpenQuestions == 2 ? "Two" : OpenQuestions)} questions are open: name one by its questionId. GET the task: its questions have their ids.");
        }

        if (FindQuestion(command.QuestionId) is not var (step, key, entry))
        {
            return Refuse.With(RefusalCode.NotFound, "No such question is open. GET the task: its questions have their ids.");
        }

        if (entry.Withdrawn)
        {
            return Refuse.With(RefusalCode.NotFound, "The question is not asked any more: the agent went on without it.");
        }

        var tooLong = command.Answer.Length > _options.MaxMarkBytes;
        var schema = Question.View(step.Id, key, entry)!.Schema;
        if (!entry.Open)
        {
            return !tooLong && AnswerRules.IsSame(schema, entry.Answer, command.Answer)
                ? await ViewAsync()
                : Refuse.With(RefusalCode.Conflict, "The question was answered otherwise.");
        }

        if (Record.Ended)
        {
            return Refuse.With(RefusalCode.TaskEnded, $"The task has ended: it is {Record.State.Word()}.");
        }

        if (tooLong)
        {
            return Refuse.With(RefusalCode.TooLarge, $"An answer has at most {_options.MaxMarkBytes:N0} bytes.");
        }

        if (TaskBytes.Refuse(Record, command.Answer.Length, _options) is { } full)
        {
            return Refuse.With(RefusalCode.TooLarge, full.Message);
        }

        var judged = AnswerRules.Check(schema, command.Answer);
        if (!judged.Errors.IsEmpty)
        {
            return new Refusal(RefusalCode.InputInvalid, $"The answer does not fit the question's schema: {judged.Sentence}")
            {
                Errors = judged.Errors,
            };
        }

        await _log.AppendAsync(AnswerRules.Facts(step.Id, key, judged), task => RowOf(task, listed: true));
        _pulse.Ring();
        await WakeAsync();
        return await ViewAsync();
    }

    private int OpenQuestions => Record.Steps.Sum(static step => step.Ended ? 0 : step.History.Values.Count(static entry => entry.Asks));

    private (StepRecord Step, string Key, HistoryEntry Mark)? FindQuestion(string? id)
    {
        var questions = Record.Steps.SelectMany(static step => step.History
            .Where(static each => each.Value is { Kind: HistoryKind.Question, Content: not null })
            .Select(each => (step, each.Key, each.Value)));
        var found = id is null
            ? questions.Where(static each => each.Value.Open).Take(2).ToArray()
            : questions.Where(each => Question.IdOf(each.step.Id, each.Key) == id).ToArray();
        return found.Length == 1 ? found[0] : null;
    }
}
