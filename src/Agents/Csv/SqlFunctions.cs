namespace Orkestron.Agents.Csv;

/// <summary>
/// Functions that neither reach outside nor make more than they are given. Left out on purpose: <c>repeat</c>,
/// <c>lpad</c>, <c>rpad</c>, <c>format</c>, <c>printf</c>, list-making <c>range</c> (memory outside the limit, no
/// interruption) and whatever reads settings, files, the catalogue or SQL in a string.
/// </summary>
internal static class SqlFunctions
{
    private const string Names =
        "+ - * / // % ^ ** & | ~ << >> || ! = == <> != < > <= >= ~~ !~~ ~~* !~~* ~~~ like_escape ilike_escape "
        + "not_like_escape not_ilike_escape and or not "
        + "count count_star sum avg mean min max median mode stddev stddev_pop stddev_samp variance var_pop var_samp "
        + "first last any_value arg_min arg_max min_by max_by product quantile quantile_cont quantile_disc corr covar_pop "
        + "covar_samp regr_slope regr_intercept regr_r2 skewness kurtosis entropy approx_count_distinct approx_quantile "
        + "count_if countif sum_no_overflow fsum kahan_sum bool_and bool_or string_agg group_concat listagg list array_agg "
        + "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value "
        + "abs ceil ceiling floor round round_even trunc sign sqrt cbrt exp ln log log2 log10 pow power mod greatest least "
        + "sin cos tan asin acos atan atan2 degrees radians pi isnan isinf isfinite even gcd lcm "
        + "length len strlen char_length upper lower ucase lcase trim ltrim rtrim substr substring left right concat concat_ws "
        + "position strpos instr contains starts_with prefix ends_with suffix reverse ascii chr unicode split_part "
        + "str_split string_split regexp_matches regexp_full_match regexp_extract levenshtein jaccard nfc_normalize "
        + "strip_accents md5 sha256 hash "
        + "coalesce nullif ifnull if typeof "
        + "year month day hour minute second quarter week weekday dayofweek isodow dayofyear yearweek monthname dayname "
        + "date_part datepart date_trunc datetrunc date_diff datediff date_sub datesub date_add last_day make_date strftime "
        + "strptime try_strptime epoch age to_days to_months to_years to_hours to_minutes to_seconds "
        + "list_value list_extract array_extract list_sort list_distinct list_count list_sum list_avg list_min list_max "
        + "list_contains array_length struct_pack struct_extract row unnest array_to_string columns grouping";

    private static readonly HashSet<string> Allowed = new(Names.Split(' '), StringComparer.OrdinalIgnoreCase);

    public static bool IsAllowed(string name) => Allowed.Contains(name) || IsTableFunction(name);

    public static bool IsTableFunction(string name) =>
        name.Equals("unnest", StringComparison.OrdinalIgnoreCase);
}
