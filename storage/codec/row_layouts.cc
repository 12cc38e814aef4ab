// Layouts of what storage keeps beside the values of the domain.
#include "domain/base/layout.ipp"
#include "storage/beside/access_log.h"
#include "storage/beside/blob_store.h"
#include "storage/beside/credentials.h"
#include "storage/log/batch_reader.h"
#include "storage/log/outcome.h"
#include "storage/log/sequenced_log.h"
#include "storage/views/board_view.h"
#include "storage/views/desk_view.h"
#include "storage/views/inbox_view.h"
#include "storage/views/stored_rows.h"
#include "storage/views/task_rows.h"

namespace duban {

template const Layout& layout_of<AccessRecord>();
template const Layout& layout_of<BatchHeader>();
template const Layout& layout_of<BlobInfo>();
template const Layout& layout_of<BoardGuest>();
template const Layout& layout_of<BoardRow>();
template const Layout& layout_of<DeskRow>();
template const Layout& layout_of<DirectoryRights>();
template const Layout& layout_of<InboxBox>();
template const Layout& layout_of<InboxRow>();
template const Layout& layout_of<LogHead>();
template const Layout& layout_of<StoredGeneration>();
template const Layout& layout_of<MadeIds>();
template const Layout& layout_of<Outcome>();
template const Layout& layout_of<StoredSession>();
template const Layout& layout_of<TaskVersion>();

}  // namespace duban
