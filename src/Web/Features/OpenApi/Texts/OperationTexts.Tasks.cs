namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Tasks => new()
    {
        ["POST /tasks"] = new("createTask",
            "Checks the input against the agent's schema, holds the price and begins. The answer comes at once, with the task as it "
            + "stands: follow it at `GET /tasks/{id}/events`, or wait for its end with `GET /tasks/{id}?wait=60`. With an "
            + "`Idempotency-Key` the same request may be sent again: it meets the same task."),
        ["POST /tasks/quote"] = new("quoteTask",
            "What would be charged for this input, and what would be held for it until the task ends. Nothing is held or run."),
        ["GET /tasks"] = new("listTasks", "Your tasks, newest first, in pages; of one state or one agent when you name it."),
        ["GET /tasks/{id}"] = new("getTask",
            "The task with its steps, its result and its cost. With `wait`, the answer comes once the task is settled, or as it then "
            + "stands after that many seconds: ask again until `cost.settled` is true. Of many steps it has a page: `stepsNext` begins the "
            + "next one. Inputs and outputs stand in it up to 1 MiB together; the rest is read where `inputRef` and `outputRef` say."),
        ["GET /tasks/{id}/steps/{step}/input"] = new("getStepInput", "The value itself, whatever its size, as JSON. Of step 1 it is the task's input."),
        ["GET /tasks/{id}/steps/{step}/output"] = new("getStepOutput", "The value itself, whatever its size, as JSON. Of step 1 it is the task's result."),
        ["GET /shared/{token}/steps/{step}/input"] = new("getSharedStepInput", "The value itself, whatever its size, as JSON. Of step 1 it is the task's input."),
        ["GET /shared/{token}/steps/{step}/output"] = new("getSharedStepOutput", "The value itself, whatever its size, as JSON. Of step 1 it is the task's result."),
        ["POST /tasks/{id}/cancel"] = new("cancelTask", "Ends the task. Steps that agents have completed are paid, the rest comes back."),
        ["POST /tasks/{id}/input"] = new("answerTask",
            "Answers a question that an agent of the task asks: see `questions` of the task. The answer is checked against the question's schema."),
        ["POST /tasks/{id}/retry"] = new("retryTask",
            "Makes a new task of the same input. From a later step on it takes over what the earlier task recorded before that step: that "
            + "is neither run nor paid again. Without a body all is run again."),
        ["GET /tasks/{id}/events"] = new("getTaskEvents",
            "What happened to the task. As `text/event-stream` (the default) it follows until the task is settled and then sends "
            + "`event: end`; come back with `Last-Event-ID` after a broken connection. As `application/json` it is one page. A sequence "
            + "that the task has not reached is refused."),
        ["GET /tasks/{id}/ledger"] = new("listTaskLedger", "The entries of your ledger that belong to the task: hold, capture, refund."),
        ["GET /tasks/{id}/disclosures"] = new("listTaskDisclosures", "Each agent that was asked for a step, with the fields of your input that it was sent."),
        ["GET /tasks/{id}/messages"] = new("listTaskMessages", "Messages between the task's steps, oldest first, in pages."),
        ["GET /tasks/{id}/compare/{other}"] = new("compareTasks", "Where the inputs, results and steps of two of your tasks differ."),
        ["POST /tasks/{id}/share"] = new("shareTask", "Makes a link through which anyone who has it may read the task. The link before it stops working."),
        ["DELETE /tasks/{id}/share"] = new("unshareTask", "The task's link stops working at once."),
        ["GET /shared/{token}"] = new("getSharedTask", "A task as its owner shared it. Needs no sign-in: the token is the right to read."),
        ["POST /plans/check"] = new("checkPlan", "Reads a plan, looks up its agents and checks that what each step is given fits its schema. Nothing is run."),
    };
}
