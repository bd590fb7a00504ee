namespace Orkestron.Grains.Tests.Common;

/// <summary>The tests that share the test silo. They run one after the other: its clock and faults are everybody's.</summary>
[CollectionDefinition("silo")]
public sealed class SiloTests : ICollectionFixture<TestSilo>;
