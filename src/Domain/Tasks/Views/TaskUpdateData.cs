using System.Buffers;
using System.Text.Json;
using Orkestron.Contracts.Artifacts;

namespace Orkestron.Domain.Tasks;

/// <summary>Events as watchers see them: no hashes, no hold ids; amounts as whole micro-tokens.</summary>
internal static class TaskUpdateData
{
    public static TaskUpdate Of(Recorded<TaskEvent> recorded)
    {
        var (stepId, data) = recorded.Event switch
        {
            TaskSubmitted fact => (null, Json(w =>
            {
                w.WriteString("agent", fact.Agent);
                w.WriteString("version", fact.AgentVersion);
                w.WriteNumber("heldMicro", fact.HeldMicro);
                w.WriteString("deadline", fact.Deadline);
                if (fact.WorkTime is { } time)
                {
                    w.WriteNumber("workSeconds", time.TotalSeconds);
                }
            })),
            StepRequested fact => (fact.StepId, Json(w =>
            {
                w.WriteString("agent", fact.Agent);
                w.WriteString("version", fact.AgentVersion);
                w.WriteNumber("priceMicro", fact.PriceMicro);
                if (fact.ParentId is { } parent)
                {
                    w.WriteNumber("parentId", parent);
                }
            })),
            TaskContinues fact => (null, Json(w =>
            {
                w.WriteString("taskId", fact.TaskId);
                w.WriteNumber("fromStep", fact.StepId);
            })),
            StepReused fact => (fact.StepId, Json(w =>
            {
                w.WriteString("taskId", fact.TaskId);
                w.WriteNumber("sourceStep", fact.SourceStep);
                if (fact.FailureCode is { } code)
                {
                    w.WriteString("code", code);
                }
            })),
            StepStarted fact => (fact.StepId, Json(w =>
            {
                w.WriteNumber("attempt", fact.Number ?? fact.Attempt);
                w.WriteString("startedAt", fact.StartedAt);
            })),
            StepLost fact => (fact.StepId, Json(w =>
            {
                w.WriteNumber("attempt", fact.Number ?? fact.Attempt);
                w.WriteString("startedAt", fact.StartedAt);
                w.WriteString("endedAt", fact.EndedAt);
                w.WriteString("reason", fact.Reason);
            })),
            StepCompleted fact => (fact.StepId, Json(w =>
            {
                w.WriteNumber("attempt", fact.Number ?? fact.Attempt);
                w.WriteString("startedAt", fact.StartedAt);
                w.WriteString("endedAt", fact.EndedAt);
                w.WriteNumber("costMicro", fact.CostMicro);
            })),
            StepFailed fact => (fact.StepId, Json(w =>
            {
                w.WriteNumber("attempt", fact.Number ?? fact.Attempt);
                w.WriteString("startedAt", fact.StartedAt);
                w.WriteString("endedAt", fact.EndedAt);
                Why(w, fact.Code, fact.Content);
                if (fact.RetryAt is { } at)
                {
                    w.WriteString("retryAt", at);
                }
            })),
            StepCanceled fact => (fact.StepId, Payload.EmptyObject),
            StepWaits fact => (fact.StepId, Json(w => w.WriteString("until", fact.Until))),
            StepAsked fact => (fact.StepId, Json(w => w.WriteString("questionId", Question.IdOf(fact.StepId, fact.Key)))),
            StepAnswered fact => (fact.StepId, Json(w => w.WriteString("questionId", Question.IdOf(fact.StepId, fact.Key)))),
            StepValueRecorded fact => (fact.StepId, Payload.EmptyObject),
            StepReserved fact => (fact.StepId, Payload.EmptyObject),
            StepOpened fact => (fact.StepId, Json(w => w.WriteString("artifact", ArtifactReference.Of(fact.ArtifactId)))),
            StepMade fact => (fact.StepId, Json(w => w.WriteString("artifact", ArtifactReference.Of(fact.ArtifactId)))),
            StepSent fact => (fact.StepId, Json(w =>
            {
                w.WriteString("messageId", StepMessage.IdOf(fact.StepId, fact.Key));
                w.WriteString("to", fact.To);
                w.WriteString("messageType", fact.MessageType);
            })),
            StepListens fact => (fact.StepId, Json(w =>
            {
                if (fact.MessageType is { } type)
                {
                    w.WriteString("messageType", type);
                }
            })),
            StepReceived fact => (fact.StepId, Json(w => w.WriteString("messageId", fact.MessageId))),
            StepSuspended fact => (fact.StepId, Json(w => w.WriteNumber("turn", fact.Turn))),
            StepTrimmed fact => (fact.StepId, Json(w =>
            {
                if (fact.Key is { } key)
                {
                    w.WriteString("questionId", Question.IdOf(fact.StepId, key));
                }

                w.WriteStartArray("droppedMembers");
                foreach (var path in StepTrimmed.Read(fact.Content))
                {
                    w.WriteStringValue(path);
                }

                w.WriteEndArray();
            })),
            StepWrote fact => (fact.StepId, Json(w =>
            {
                w.WriteNumber("attempt", fact.Number);
                w.WriteNumber("characters", fact.Characters);
            })),
            StepScopeCanceled fact => (fact.StepId, Payload.EmptyObject),
            StepUndoing fact => (fact.StepId, Json(w => Why(w, fact.Code, fact.Content))),
            TaskUndoing fact => (null, Json(w =>
            {
                Why(w, fact.Code, fact.Content);
                w.WriteString("until", fact.Until);
            })),
            TaskCanceled { Content: { } } fact => (null, Json(w => Why(w, StepFailures.CanceledCode, fact.Content))),
            TaskFailed fact => (null, Json(w => Why(w, fact.Code, fact.Content))),
            TaskRejected fact => (null, Json(w => Why(w, fact.Code, fact.Content))),
            TaskSettled fact => (null, Json(w =>
            {
                w.WriteNumber("chargedMicro", fact.ChargedMicro);
                w.WriteNumber("refundedMicro", fact.RefundedMicro);
            })),
            TaskShared fact => (null, Json(w => w.WriteString("expiresAt", fact.ExpiresAt))),
            _ => ((int?)null, Payload.EmptyObject),
        };
        return new TaskUpdate(recorded.Version, recorded.At, TaskEventNames.Of(recorded.Event), stepId, data, false);
    }

    public static TaskUpdate Queued(long sequence, DateTimeOffset at, int stepId, int position) => new(
        sequence, at, TaskEventNames.StepQueued, stepId, Json(w => w.WriteNumber("position", position)), true);

    public static TaskUpdate Away(long sequence, DateTimeOffset at, int stepId, DateTimeOffset? lastSeen) => new(
        sequence,
        at,
        TaskEventNames.StepAway,
        stepId,
        Json(w =>
        {
            if (lastSeen is { } seen)
            {
                w.WriteString("lastSeen", seen);
            }
            else
            {
                w.WriteNull("lastSeen");
            }
        }),
        true);

    public static TaskUpdate Progress(long sequence, DateTimeOffset at, int stepId, StepLiveState pulse) => new(
        sequence,
        at,
        TaskEventNames.StepProgress,
        stepId,
        Json(w =>
        {
            if (pulse.Percent is { } percent)
            {
                w.WriteNumber("percent", Math.Round(percent, 1));
            }

            w.WriteString("message", pulse.Message ?? "Working.");
            w.WriteNumber("attempt", pulse.Number);
        }),
        true);

    public static TaskUpdate Output(
        long sequence, DateTimeOffset at, int stepId, int attempt, int offset, string text) => new(
        sequence,
        at,
        TaskEventNames.StepOutput,
        stepId,
        Json(w =>
        {
            w.WriteNumber("offset", offset);
            w.WriteString("text", text);
            w.WriteNumber("attempt", attempt);
        }),
        true);

    private static void Why(Utf8JsonWriter writer, string code, Payload? message)
    {
        writer.WriteString("code", code);
        writer.WriteString("message", TaskViews.TextOf(message));
    }

    private static Payload Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new Payload(buffer.WrittenSpan.ToArray());
    }
}
