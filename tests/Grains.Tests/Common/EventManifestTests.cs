using System.Text;
using System.Text.Json.Serialization.Metadata;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Consent;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;

namespace Orkestron.Grains.Tests.Common;

/// <summary>What stands in the log for ever: every event with its members, as the reviewed manifest has it.</summary>
public sealed class EventManifestTests
{
    private const string Write = "ORKESTRON_WRITE_EVENTS";

    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Common", "OrkestronEvents.txt");

    [Fact]
    public void Manifest_IsAsTheCodeHasIt()
    {
        var manifest = Manifest();
        if (Environment.GetEnvironmentVariable(Write) is { Length: > 0 } target)
        {
            File.WriteAllText(target, manifest);
        }

        Assert.True(
            manifest == File.ReadAllText(Source),
            "The events in the log changed. Run 'bash eng/events.sh' and read the diff: a line may be added and a member that may be "
            + "absent, nothing may be renamed, removed or change its type. See CONTRIBUTING.md, 'What stands in the log'.");
    }

    private static string Manifest()
    {
        var text = new StringBuilder();
        Add(text, ListingFold.Kind);
        Add(text, ConsentFold.Kind);
        Add(text, TaskFold.Kind);
        Add(text, WalletFold.Kind);
        return text.ToString();
    }

    private static void Add<TState, TEvent>(StringBuilder text, EventKind<TState, TEvent> kind)
        where TState : class
        where TEvent : class
    {
        text.Append(kind.Prefix).Append(" fold ").Append(kind.FoldVersion).Append('\n');
        foreach (var type in kind.EventJson.PolymorphismOptions!.DerivedTypes.OrderBy(
            static each => (string)each.TypeDiscriminator!, StringComparer.Ordinal))
        {
            text.Append("  ").Append(type.TypeDiscriminator).Append('(');
            text.AppendJoin(", ", Members(kind.EventJson.Options.GetTypeInfo(type.DerivedType))).Append(")\n");
        }

        if (kind.SnapshotJson is { } snapshot)
        {
            text.Append("  snapshot(").AppendJoin(", ", Members(snapshot)).Append(")\n");
        }
    }

    // What is sealed beside the event is none of its members.
    private static IEnumerable<string> Members(JsonTypeInfo type) =>
        type.Properties.Where(static member => member.Get is not null).Select(static member => $"{member.Name} {Name(member)}");

    private static string Name(JsonPropertyInfo member) => Name(member.PropertyType)
        + (member.AssociatedParameter is { HasDefaultValue: true } ? " = absent" : "");

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
