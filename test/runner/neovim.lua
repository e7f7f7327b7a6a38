-- A real Neovim (0.7 or newer) as client of `background-tasks lsp --stdio`: the configuration that docs/other-editors.md shows, then what a
-- person would do. Prints one JSON document to the file named by $RESULT; ends with an error code when something does not come.
local workspace, file = vim.env.WORKSPACE, vim.env.TASK_FILE

local function fail(message)
  io.stderr:write(message .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, condition)
  if not vim.wait(30000, condition, 50) then fail("Neovim waited in vain for " .. what) end
end

vim.cmd("edit " .. vim.fn.fnameescape(file))
local id = vim.lsp.start_client({
  name = "background-tasks",
  cmd = { vim.env.NODE, vim.env.CLI, "lsp", "--stdio" },
  root_dir = workspace,
  workspace_folders = { { uri = vim.uri_from_fname(workspace), name = workspace } },
})
if not id then fail("The language server could not be started.") end
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
wait_for("initialize", function() return client.initialized end)

local function command(name, argument)
  local response, problem = client.request_sync("workspace/executeCommand", { command = name, arguments = { argument or {} } }, 60000, 0)
  if not response or response.err then fail(name .. ": " .. vim.inspect(response and response.err or problem)) end
  return response.result
end

local created = command("background-tasks.create", { class = "Failing" })
local ticked = command("background-tasks.tick")
wait_for("the diagnostic", function() return #vim.diagnostic.get(0) > 0 end)
local shown = vim.diagnostic.get(0)[1]

-- What stands over the classes, and what can be done at the failing line: as Neovim asks for it, and executes it.
local function ask(method, params)
  local response, problem = client.request_sync(method, params, 60000, 0)
  if not response or response.err then fail(method .. ": " .. vim.inspect(response and response.err or problem)) end
  return response.result
end
local function titles(list) return vim.tbl_map(function(one) return one.title or one.command.title end, list) end

local lenses = ask("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })
vim.api.nvim_win_set_cursor(0, { shown.lnum + 1, 0 })
local at_line = vim.lsp.util.make_range_params()
at_line.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
local actions = ask("textDocument/codeAction", at_line)
local retried = ask("workspace/executeCommand", actions[1].command)
local recovery = actions[#actions]
vim.lsp.util.apply_workspace_edit(recovery.edit, client.offset_encoding)
local repaired_text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
vim.cmd("undo")

-- Repair the line in the editor, save, and tick again.
vim.api.nvim_buf_set_lines(0, shown.lnum, shown.lnum + 1, true, { "    return true;" })
vim.cmd("write")
local again = command("background-tasks.tick", { task = created.id })
wait_for("the end of the diagnostic", function() return #vim.diagnostic.get(0) == 0 end)

local result = {
  line = shown.lnum,
  column = shown.col,
  message = shown.message,
  source = shown.source,
  severity = shown.severity,
  first = ticked,
  second = again,
  lenses = titles(lenses),
  actions = titles(actions),
  retried = retried,
  repaired = repaired_text,
}
vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.RESULT)
client.stop()
wait_for("the end of the language server", function() return client.is_stopped() end)
vim.cmd("qall!")
