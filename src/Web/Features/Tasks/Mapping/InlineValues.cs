using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Decides which values of a task are inline in a response, and refers to the others.</summary>
internal sealed class InlineValues(TaskWindow window)
{
    private long _left = window.InlineBytes;

    /// <summary>A value that is inline whatever its size, and counts.</summary>
    public JsonElement? Always(Payload? value)
    {
        _left -= value?.Length ?? 0;
        return value.ToOptionalElement();
    }

    /// <summary>The value if there is room for it, otherwise a reference to it.</summary>
    /// <param name="value">The value, or null.</param>
    /// <param name="step">The step that it belongs to.</param>
    /// <param name="name"><c>input</c> or <c>output</c>.</param>
    public (JsonElement? Value, ValueReference? Reference) Put(Payload? value, int step, string name)
    {
        if (value is null || value.Length <= _left)
        {
            return (Always(value), null);
        }

        return (null, new ValueReference($"{window.Root}/steps/{step}/{name}", value.Length));
    }
}
