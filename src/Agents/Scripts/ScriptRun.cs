using System.Text.Json;
using System.Text.RegularExpressions;
using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>Runs one script and reports its faults with line and column.</summary>
internal static class ScriptRun
{
    public static JsonElement Run(
        string code, string input, AgentsOptions limits, ScriptLog log, CancellationToken cancellationToken)
    {
        try
        {
            var script = Engine.PrepareScript(code, "main.js", strict: true);
            if (ScriptEngine.HasBigInteger(script.Program!))
            {
                throw Refuse("script_not_allowed", "BigInt numbers are not available here; use ordinary numbers.");
            }

            using var engine = ScriptEngine.Create(limits, cancellationToken);
            ScriptConsole.AddTo(engine, log);
            var json = new ScriptJson(engine);
            var argument = new JsonParser(engine).Parse(input);
            engine.Execute(script);
            var main = engine.Evaluate("typeof main === 'undefined' ? undefined : main");
            if (!main.IsCallable())
            {
                throw ScriptFault.NoMain();
            }

            var answer = Settle(engine.Invoke(main, argument), cancellationToken);
            var text = json.Write(answer, JsValue.Undefined, JsValue.Undefined);
            return ScriptFault.Result(text.IsUndefined() ? "null" : text.AsString());
        }
        catch (Exception e) when (e is not (AgentRefusedException or OperationCanceledException or OutOfMemoryException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(e);
        }
        catch (ExecutionCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    // Nothing in the sandbox can settle a promise later: one that the script's own jobs left open stays open, and the
    // engine would wait for it without end.
    private static JsValue Settle(JsValue answer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            return answer.UnwrapIfPromise(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ExecutionCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            throw ScriptFault.NeverSettled();
        }
    }

    private static AgentRefusedException Explain(Exception e) => e switch
    {
        JavaScriptException js => ScriptFault.Failed(Message(js), js.Location.Start.Line, js.Location.Start.Column + 1),
        ScriptPreparationException { InnerException: ParseErrorException p } =>
            ScriptFault.Failed(p.Error?.Description ?? p.Message, p.LineNumber, p.Column + 1),
        PromiseRejectedException p => ScriptFault.Failed(Rejected(p.RejectedValue), 0, 0),
        TimeoutException or RegexMatchTimeoutException => ScriptFault.TimedOut(),
        StatementsCountOverflowException => Refuse("script_timeout", "The script executed too many statements and was stopped."),
        MemoryLimitExceededException => Refuse("script_memory", "The script used more memory than it may, or an array longer than 100,000."),
        RecursionDepthOverflowException => Refuse("script_recursion", "The script's functions call each other too deeply; at most 100 levels are allowed."),
        _ => Refuse("script_failed", "The script failed: " + ScriptFault.Cut(e.Message)),
    };

    // A thrown value that is no Error has no message; its own text would run the script's code again.
    private static string Message(JavaScriptException e) =>
        e.Error.IsString() || e.Error.IsNumber() ? "Uncaught " + e.Error.ToString()
        : string.IsNullOrEmpty(e.Message) || e.Message == "undefined" ? "Uncaught value" : e.Message;

    private static string Rejected(JsValue value) =>
        value.IsObject() && value.AsObject().Get("message") is { } message && message.IsString() ? message.AsString()
        : value.IsString() || value.IsNumber() ? "Uncaught " + value.ToString()
        : "Uncaught value";

    private static AgentRefusedException Refuse(string code, string message) => ScriptFault.Of(code, message);
}
