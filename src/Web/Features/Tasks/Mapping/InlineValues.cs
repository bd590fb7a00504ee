using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Puts a task's values into an answer while there is room, and refers to the rest.</summary>
internal sealed class InlineValues(TaskWindow window)
{
    private long _left = window.InlineBytes;

    /// <summary>A value that stands in the answer whatever its size; it takes room from the others.</summary>
    public JsonElement? Always(Payload? value)
    {
        _left -= value?.Length ?? 0;
        return value.ToOptionalElement();
    }

    /// <summary>A value, or where to read it.</summary>
    /// <param name="value">The value, or null.</param>
    /// <param name="step">Whose.</param>
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
