namespace Orkestron.Journal.Rows;

/// <summary>Where the two stores' SQL differs.</summary>
internal abstract class SqlDialect
{
    public abstract string Sum(string column);

    public abstract string Contains(string column, string value);

    public abstract string IsAnyOf(string column, string[] values, Func<object, string> add);
}
