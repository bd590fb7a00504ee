namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Tasks => new()
    {
        ["POST /tasks"] = new("createTask",
            "Checks the input against the agent's schema, puts the price on hold and starts the task. The response comes at once: "
            + "follow the task at `GET /tasks/{id}/events`, or wait for its end with `GET /tasks/{id}?wait=60`. With an "
            + "`Idempotency-Key` the request can be repeated; it returns the same task."),
        ["POST /tasks/quote"] = new("quoteTask",
            "The price for this input and the amount that would be on hold until the task ends. Nothing is held or run."),
        ["GET /tasks"] = new("listTasks", "Your tasks, newest first, in pages; optionally of one state or one agent."),
        ["GET /tasks/{id}"] = new("getTask",
            "The task with its steps, its result and its cost. With `wait`, the response comes once the task is settled, or after "
            + "that many seconds; repeat the request until `cost.settled` is true. Steps are paged: pass `stepsNext` as `stepsAfter` for the "
            + "next page. Inputs and outputs are inline up to 1 MiB in total; larger ones are at the addresses in `inputRef` and `outputRef`."),
        ["GET /tasks/{id}/steps/{step}/input"] = new("getStepInput", "The value as JSON, whatever its size. For step 1 it is the input of the task."),
        ["GET /tasks/{id}/steps/{step}/output"] = new("getStepOutput", "The value as JSON, whatever its size. For step 1 it is the result of the task."),
        ["GET /shared/{token}/steps/{step}/input"] = new("getSharedStepInput", "The value as JSON, whatever its size. For step 1 it is the input of the task."),
        ["GET /shared/{token}/steps/{step}/output"] = new("getSharedStepOutput", "The value as JSON, whatever its size. For step 1 it is the result of the task."),
        ["POST /tasks/{id}/cancel"] = new("cancelTask", "Cancels the task. Completed steps are paid; the rest is returned."),
        ["POST /tasks/{id}/input"] = new("answerTask",
            "Answers a question of an agent (see `questions` of the task). The answer is checked against the schema of the question."),
        ["POST /tasks/{id}/retry"] = new("retryTask",
            "Makes a new task with the same input. When started from a later step, it reuses what the earlier task recorded before that "
            + "step, which is neither run nor paid again. Without a body everything is run again."),
        ["GET /tasks/{id}/events"] = new("getTaskEvents",
            "The events of the task. As `text/event-stream` (the default) the response follows the task until it is settled and then sends "
            + "`event: end`; reconnect with `Last-Event-ID` after a broken connection. As `application/json` it is one page. A sequence "
            + "that the task has not reached is refused."),
        ["GET /tasks/{id}/ledger"] = new("listTaskLedger", "The entries of your ledger that belong to the task: hold, capture, refund."),
        ["GET /tasks/{id}/disclosures"] = new("listTaskDisclosures", "Each agent that a step called, with the fields of your input that it received."),
        ["GET /tasks/{id}/messages"] = new("listTaskMessages", "Messages between the task's steps, oldest first, in pages."),
        ["GET /tasks/{id}/compare/{other}"] = new("compareTasks", "Where the inputs, results and steps of two of your tasks differ."),
        ["POST /tasks/{id}/share"] = new("shareTask", "Makes a link with which anyone can read the task. The previous link stops working."),
        ["DELETE /tasks/{id}/share"] = new("unshareTask", "The link of the task stops working at once."),
        ["GET /shared/{token}"] = new("getSharedTask", "A shared task. No sign-in is needed; the token is the authorization."),
        ["POST /plans/check"] = new("checkPlan", "Checks a plan, its agents, and that the input of each step fits its schema. Nothing is run."),
    };
}
