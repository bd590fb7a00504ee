using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orkestron.Architecture.Tests;

/// <summary>What every grain must have, so that stored state and wire names stay its own.</summary>
public sealed class GrainTests
{
    private static readonly Type[] Grains =
        [.. Assembly.Load("Orkestron.Grains").GetTypes().Where(type => type.IsSubclassOf(typeof(Grain)) && !type.IsAbstract)];

    [Fact]
    public void StateNames_Always_AreUnique()
    {
        var names = Grains.SelectMany(StateNames).ToArray();

        Assert.NotEmpty(names);
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain("state", names);
    }

    [Fact]
    public void Grains_Always_HaveANameOfTheirOwnOnTheWire()
    {
        Assert.NotEmpty(Grains);
        Assert.All(Grains, grain => Assert.NotNull(grain.GetCustomAttribute<GrainTypeAttribute>()));
    }

    [Fact]
    public void Grains_Always_AreSealedAndDeriveFromGrainDirectly() =>
        Assert.All(Grains, grain => Assert.True(grain.IsSealed && grain.BaseType == typeof(Grain), grain.Name));

    [Fact]
    public void ReentrantGrains_Always_SaveThroughADurableState()
    {
        // Their calls overlap, and so would their writes. A state that is only handed on is no field.
        var reentrant = Grains.Where(static grain => grain.GetCustomAttribute<ReentrantAttribute>() is not null).ToArray();

        Assert.NotEmpty(reentrant);
        Assert.All(reentrant, static grain => Assert.DoesNotContain(
            grain.GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
            static field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(IPersistentState<>)));
        Assert.Contains(reentrant, static grain => StateNames(grain).Any());
    }

    private static IEnumerable<string> StateNames(Type grain) => grain.GetConstructors()
        .SelectMany(constructor => constructor.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName)
        .OfType<string>();
}
