using System.Text.Json;
using System.Text.RegularExpressions;
using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>Runs one script and tells its faults with line and column.</summary>
internal static class ScriptRun
{
    private const int MaxResult = 262_144;

    public static JsonElement Run(
        string code, string input, AgentsOptions limits, ScriptConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var script = Engine.PrepareScript(code, "main.js", strict: true);
            if (ScriptEngine.HasBigInteger(script.Program!))
            {
                throw Refuse("script_not_allowed", "BigInt numbers are not available here; use ordinary numbers.");
            }

            using var engine = ScriptEngine.Create(limits, cancellationToken);
            console.AddTo(engine);
            var json = new ScriptJson(engine);
            var argument = new JsonParser(engine).Parse(input);
            engine.Execute(script);
            var main = engine.Evaluate("typeof main === 'undefined' ? undefined : main");
            if (!main.IsCallable())
            {
                throw Refuse("script_failed", "The code defines no function main(input).");
            }

            var answer = Settle(engine.Invoke(main, argument), cancellationToken);
            var text = json.Write(answer, JsValue.Undefined, JsValue.Undefined);
            return Parse(text.IsUndefined() ? "null" : text.AsString());
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
            throw Refuse("script_timeout", "main returned a promise that is never settled.");
        }
    }

    private static JsonElement Parse(string json)
    {
        if (json.Length > MaxResult)
        {
            throw Refuse("output_too_large", $"The result has {json.Length} characters as JSON; at most {MaxResult} are allowed.");
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static AgentRefusedException Explain(Exception e) => e switch
    {
        JavaScriptException js => Refuse("script_failed", $"{Cut(Message(js))} (line {js.Location.Start.Line}, column {js.Location.Start.Column + 1})"),
        ScriptPreparationException { InnerException: ParseErrorException p } =>
            Refuse("script_failed", $"{Cut(p.Error?.Description ?? p.Message)} (line {p.LineNumber}, column {p.Column + 1})"),
        PromiseRejectedException p => Refuse("script_failed", "main rejected: " + Cut(p.Message)),
        TimeoutException or RegexMatchTimeoutException => Refuse("script_timeout", "The script ran too long and was stopped."),
        StatementsCountOverflowException => Refuse("script_timeout", "The script executed too many statements and was stopped."),
        MemoryLimitExceededException => Refuse("script_memory", "The script used more memory than it may, or an array longer than 100,000."),
        RecursionDepthOverflowException => Refuse("script_recursion", "The script's functions call each other too deeply; at most 100 levels are allowed."),
        JsonException => Refuse("output_too_large", "The result is nested deeper than 64 levels."),
        _ => Refuse("script_failed", "The script failed: " + Cut(e.Message)),
    };

    // A thrown value that is no Error has no message; its own text would run the script's code again.
    private static string Message(JavaScriptException e) =>
        e.Error.IsString() || e.Error.IsNumber() ? "Uncaught " + e.Error.ToString()
        : string.IsNullOrEmpty(e.Message) || e.Message == "undefined" ? "Uncaught value" : e.Message;

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];

    private static AgentRefusedException Refuse(string code, string message) => new(message) { Code = code };
}
