using Jint;
using Jint.Native;
using Jint.Runtime.Interop;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>
/// JSON.stringify with a floor under it. The engine's own descends as deep as the value goes, and to leave a hundred
/// thousand frames by an exception takes the runtime minutes; here every level is counted, what getters and toJSON
/// bring included, and the engine's limits are checked on the way.
/// </summary>
internal sealed class ScriptJson
{
    /// <summary>The most levels of a value.</summary>
    public const int MaxDepth = 64;

    private const int CheckEvery = 512;

    private readonly Engine _engine;
    private readonly JsValue _stringify;
    private int _seen;

    public ScriptJson(Engine engine)
    {
        _engine = engine;
        _stringify = engine.Evaluate("JSON.stringify");
        engine.GetValue("JSON").AsObject().Set("stringify", new ClrFunction(
            engine, "stringify", (_, args) => Write(At(args, 0), At(args, 1), At(args, 2)), 3));
    }

    /// <summary>The value as JSON text, or undefined.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="replacer">A function, or a list of the only keys to write, or anything else for none.</param>
    /// <param name="space">The indent.</param>
    public JsValue Write(JsValue value, JsValue replacer, JsValue space)
    {
        var open = new Stack<JsValue>();
        var own = replacer.IsCallable() ? replacer : null;
        var keys = replacer.IsArray() ? replacer.AsArray().Select(static key => key.ToString()).ToHashSet() : null;
        var counting = new ClrFunction(_engine, "", (holder, args) =>
        {
            if (++_seen % CheckEvery == 0)
            {
                _engine.Constraints.Check();
            }

            while (open.TryPeek(out var top) && !ReferenceEquals(top, holder))
            {
                open.Pop();
            }

            if (open.Count == 0)
            {
                open.Push(holder);
            }
            else if (keys is not null && !holder.IsArray() && !keys.Contains(args[0].ToString()) && open.Count > 1)
            {
                return JsValue.Undefined;
            }

            var written = own is null ? args[1] : _engine.Call(own, holder, args);
            if (written.IsObject() && !written.IsCallable())
            {
                Push(open, written);
            }

            return written;
        });
        return _engine.Call(_stringify, JsValue.Undefined, [value, counting, space]);
    }

    private static void Push(Stack<JsValue> open, JsValue value)
    {
        if (open.Count > MaxDepth)
        {
            throw new AgentRefusedException($"A value written as JSON is nested deeper than {MaxDepth} levels.")
            {
                Code = "output_too_large",
            };
        }

        open.Push(value);
    }

    private static JsValue At(JsValue[] args, int index) => args.Length > index ? args[index] : JsValue.Undefined;
}
