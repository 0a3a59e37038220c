-- Requests for wrk: wrk -s api.lua -t THREADS URL -- LIST PREFIX ORDER THREADS
--
-- Every line of the file LIST, behind the path PREFIX, is a request. ORDER is
-- `rotate`: over and over; `once`: each at most once, all threads together;
-- `paced`: over and over, each connection waiting a little between requests.
-- The last line printed is
--   measured REQUESTS ERRORS REQUESTS-PER-SECOND P50-MS P99-MS

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } credit_time;
  int clock_gettime(int clock, credit_time *time);
]]

-- How long a connection waits when paced, in ms: four of them ask 200 a second.
local PACE = 20

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

local function now()
  local time = ffi.new("credit_time")
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

function init(args)
  local path, prefix, order = args[1], args[2], args[3]
  local head, tail = wrk.format("GET", prefix .. "@"):match("^(.-)@(.*)$")
  if order == "once" then
    request = once(path, head, tail, tonumber(args[4]))
  else
    request = rotate(path, head, tail)
  end
  if order == "paced" then
    delay = function() return PACE end
  end
end

-- The requests are made beforehand, so that wrk has little to do; each thread
-- begins elsewhere.
function rotate(path, head, tail)
  local requests = {}
  for line in io.lines(path) do
    requests[#requests + 1] = head .. line .. tail
  end
  local place = number * 7919
  return function()
    place = place + 1
    return requests[place % #requests + 1]
  end
end

-- Each thread has every so manieth line and stops behind the last. wrk waits for
-- its time to end all the same, so the thread keeps its own.
function once(path, head, tail, threads)
  local file = assert(io.open(path))
  for _ = 2, number do file:read() end
  local begin, last
  sent = 0
  return function()
    begin = begin or now()
    local line = file:read()
    if not line then
      seconds = seconds or now() - begin
      wrk.thread:stop()
      return last
    end
    for _ = 2, threads do file:read() end
    sent = sent + 1
    last = head .. line .. tail
    return last
  end
end

function done(summary, latency)
  local errors = 0
  for _, count in pairs(summary.errors) do errors = errors + count end
  local time = summary.duration / 1e6
  local rate, ended = 0, false
  for _, thread in ipairs(threads) do
    local seconds = thread:get("seconds")
    ended = ended or seconds
    rate = rate + (thread:get("sent") or 0) / (seconds or time)
  end
  if not ended then rate = summary.requests / time end
  print(string.format("measured %d %d %.1f %.3f %.3f",
    summary.requests, errors, rate,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
